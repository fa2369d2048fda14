package io.triport.storage.sql;

import io.triport.domain.object.ObjectKey;
import io.triport.domain.sql.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ships the earlier states of one database to a bucket. Used by one thread at a time. */
final class SqlShipment {
    /*
     * Order
     *
     * What is committed is taken into the log of earlier states and is on the disk there before it is shipped, so the bucket is never ahead
     * of the disk. The files of that log are put piece by piece, each piece behind the last and with whole changes, unless a change is larger
     * than a piece. A piece is named by where it begins, so of two writers one makes it. The head of the first file of a past comes before
     * its copy, the copy before any change: so whoever finds a change has the copy that it was made to.
     *
     * Place
     *
     * Where shipping goes on is read from the bucket, at the first look and after anything that went wrong. Where the bucket has what the
     * disk has not, the two are different pasts: as when an older copy of the directory was put back. Then the past on the disk begins anew,
     * in a place behind all that are in the bucket, and nothing there is touched.
     */
    private static final Duration TIDIED_EVERY = Duration.ofHours(1);

    private final Database database;
    private final SqlFiles files;
    private final ShippedBucket bucket;
    private final SqlMeans means;
    private final Set<CopyOf> copies = new HashSet<>();
    private @Nullable Place at;
    private volatile @Nullable Mark seen;
    private @Nullable SqlShippedCopy copying;
    private Instant tidied = Instant.MIN;
    private volatile boolean settled;

    SqlShipment(Database database, SqlFiles files, ShippedBucket bucket, SqlMeans means) {
        this.database = database;
        this.files = files;
        this.bucket = bucket;
        this.means = means;
    }

    /** Up to where the log is in the bucket. @param head of the file there; null where it was not read yet */
    private record Place(int place, long from, PastEntry.@Nullable Head head) {
        private Place(int place) {
            this(place, 0, null);
        }
    }

    /** Which state a copy in the bucket is of. */
    private record CopyOf(int start, long number) {}

    /** What shows that a database was written, without opening it. */
    private record Mark(long size, Instant written, Instant kept) {
        private static Mark of(SqlConnector connector) throws IOException {
            return new Mark(
                    Files.exists(connector.log()) ? Files.size(connector.log()) : 0,
                    modified(connector.log()),
                    modified(connector.past()));
        }

        private static Instant modified(Path file) throws IOException {
            return Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.MIN;
        }
    }

    /** Whether there is nothing that is not in the bucket, as far as can be told without opening the database. */
    boolean idle() throws IOException {
        return settled && Mark.of(files.connector(database.id())).equals(seen);
    }

    /** Ships all that was committed before; whether it is all there, which is tried again otherwise. */
    boolean ship() throws IOException {
        // Before what is taken: a commit that comes between changes it once more.
        var mark = Mark.of(files.connector(database.id()));
        var file = files.held(database.id());
        if (file == null) {
            return true;
        }
        var shipped = false;
        try {
            var all = shipLog(file);
            while (all && nextCopy(file)) {
                // Copies are large, and changes shall not wait for one.
                all = shipLog(file);
            }
            tidy();
            shipped = all;
            return all;
        } finally {
            // Times of files are coarse: only a second look that finds nothing new is the last.
            settled = shipped && mark.equals(seen);
            seen = mark;
            if (!shipped) {
                at = null;
                copying = null;
            }
        }
    }

    /** Whether it is all there; else somebody else shipped meanwhile, and the place has to be looked for. */
    private boolean shipLog(SqlFile file) throws IOException {
        var to = at == null ? resumed(file) : at;
        var kept = file.kept(means.deadline(), SqlKeeper::keep);
        if (kept.place() < to.place()) {
            // The folder went away, and a new one began from the first place on.
            return false;
        }
        for (var segment : file.states().segments(to.place())) {
            if (segment.place() > kept.place()) {
                break;
            }
            var from = segment.place() == to.place() ? to : new Place(segment.place());
            var end = segment.place() == kept.place() ? kept.end() : Files.size(segment.file());
            var next = shipped(file, segment, from, end, kept);
            if (next == null) {
                return false;
            }
            to = next;
            at = next;
        }
        return true;
    }

    /** Null for the same reason. */
    private @Nullable Place shipped(SqlFile file, PastSegment segment, Place begin, long end, SqlPast.Kept kept)
            throws IOException {
        var head = segment.head();
        if (head == null) {
            throw new IOException(segment.file() + ": has no head any more");
        }
        if (begin.head() != null && !head.equals(begin.head()) || begin.from() > end) {
            // Another file in the same place.
            return null;
        }
        var name = ShippedFile.Log.of(segment, head);
        var from = begin.from();
        while (from < end) {
            var beginning = from == 0 && !copied(head.start());
            var piece = beginning ? PastPiece.head(segment) : PastPiece.read(segment, from, end);
            if (piece.isEmpty()) {
                return damaged(file, segment, from, kept);
            }
            if (!bucket.put(ShippedNames.piece(database.id(), name, from), piece)) {
                return null;
            }
            from += piece.size();
            at = new Place(segment.place(), from, head);
            if (!copied(head.start())) {
                copyFirst(file, head.start());
            }
        }
        return new Place(segment.place(), from, head);
    }

    /** What is not whole at the end of a past that ended badly is nothing; else what is behind it needs another copy. */
    private Place damaged(SqlFile file, PastSegment segment, long from, SqlPast.Kept kept) {
        if (segment.place() < kept.start()) {
            return new Place(segment.place(), from, null);
        }
        SqlFiles.LOG.warn("sql history begins anew: file={} is damaged at={}", segment.file(), from);
        return new Place(renewed(file, segment.place() + 1));
    }

    /** Where the bucket says. */
    private Place resumed(SqlFile file) throws IOException {
        var folder = bucket.folder(database.id());
        if (!folder.described()) {
            bucket.describe(database);
        }
        copies.clear();
        folder.whole().forEach(copy -> copies.add(new CopyOf(copy.start(), copy.number())));
        var found = place(file, folder);
        at = found;
        if (found.from() > 0) {
            var head = new PastSegment(files.connector(database.id()).past(), found.place()).head();
            if (head != null && !copied(head.start())) {
                copyFirst(file, head.start());
            }
        }
        return found;
    }

    private Place place(SqlFile file, ShippedFolder folder) throws IOException {
        var segments = file.states().segments(0);
        if (folder.logs().isEmpty()) {
            return new Place(segments.isEmpty() ? 1 : segments.getFirst().place());
        }
        var last = folder.logs().getLast();
        var place = last.file().place();
        if (!segments.isEmpty() && segments.getFirst().place() > place) {
            // The bucket was away for so long that the disk has forgotten what is between, and needs a copy behind
            // that.
            copies.clear();
            return new Place(segments.getFirst().place());
        }
        for (var segment : segments) {
            if (segment.place() == place && same(segment, last, folder)) {
                return new Place(place, last.end(), segment.head());
            }
        }
        SqlFiles.LOG.warn(
                "sql history begins anew: database={} has another past in the bucket than on the disk", database.id());
        return new Place(renewed(file, place + 1));
    }

    /** Whether the bucket has the beginning of a file, as far as the last piece tells. */
    private boolean same(PastSegment segment, ShippedPieces<ShippedFile.Log> there, ShippedFolder folder)
            throws IOException {
        var head = segment.head();
        var alone = folder.logs().stream()
                        .filter(pieces -> pieces.file().place() == segment.place())
                        .count()
                == 1;
        if (head == null
                || !alone
                || there.torn()
                || !ShippedFile.Log.of(segment, head).equals(there.file())
                || Files.size(segment.file()) < there.end()) {
            return false;
        }
        var last = there.sizes().lastKey();
        return bucket.has(
                ShippedNames.piece(database.id(), there.file(), last),
                PastPiece.bytes(segment.file(), last, there.end()));
    }

    private int renewed(SqlFile file, int least) {
        return file.kept(means.deadline(), keeper -> keeper.renew(least)).place();
    }

    private boolean copied(int start) {
        return copies.stream().anyMatch(copy -> copy.start() == start);
    }

    /** The oldest copy that changes behind a place can be made to. */
    private void copyFirst(SqlFile file, int start) throws IOException {
        for (var base : file.states().copies()) {
            if (base.start() == start) {
                var copy = SqlShippedCopy.of(database.id(), base, bucket);
                while (copy.next()) {
                    // To its end.
                }
                copies.add(new CopyOf(base.start(), base.number()));
                return;
            }
        }
        throw new IOException("no copy of start " + start);
    }

    /** Ships a piece of a copy that is not in the bucket yet; whether there was one. */
    private boolean nextCopy(SqlFile file) throws IOException {
        var copy = copying;
        if (copy == null) {
            for (var base : file.states().copies()) {
                if (!copies.contains(new CopyOf(base.start(), base.number()))) {
                    copy = SqlShippedCopy.of(database.id(), base, bucket);
                    break;
                }
            }
        }
        if (copy == null) {
            return false;
        }
        copying = copy;
        if (!copy.next()) {
            copies.add(new CopyOf(copy.base().start(), copy.base().number()));
            copying = null;
        }
        return true;
    }

    /** Removes from the bucket what is older than it has to be kept, by the rule of the disk. */
    private void tidy() {
        var now = means.clock().instant();
        if (now.isBefore(tidied.plus(TIDIED_EVERY))) {
            return;
        }
        var folder = bucket.folder(database.id());
        var before = ChangeNumber.lastOf(now.minus(means.sizes().window()));
        var oldest =
                folder.whole().stream().filter(copy -> copy.number() <= before).max(SqlShippedCopy.ORDER);
        oldest.ifPresent(copy -> bucket.delete(unneeded(folder, copy)));
        tidied = now;
    }

    private List<ObjectKey> unneeded(ShippedFolder folder, ShippedFile.Copy oldest) {
        var keys = new ArrayList<ObjectKey>();
        for (var pieces : folder.copies()) {
            if (SqlShippedCopy.ORDER.compare(pieces.file(), oldest) < 0) {
                pieces.sizes()
                        .keySet()
                        .forEach(from -> keys.add(ShippedNames.piece(database.id(), pieces.file(), from)));
            }
        }
        var places = folder.logs().stream()
                .map(ShippedPieces::file)
                .map(log -> new PastPlace(log.place(), log.start(), log.before()))
                .toList();
        for (var pieces : folder.logs().subList(0, PastPlace.before(places, oldest.start(), oldest.number()))) {
            pieces.sizes().keySet().forEach(from -> keys.add(ShippedNames.piece(database.id(), pieces.file(), from)));
        }
        return keys;
    }
}
