package io.triport.storage.sql;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.DatabaseId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Fetches the earlier states of a database from a bucket. @param past the folder for them, empty at first */
record SqlShippedPast(DatabaseId id, ShippedBucket bucket, Path past) {
    /*
     * From the newest file of the log backwards, as far as no change is missing or damaged between. What lies before a damage is left out,
     * and told; where no copy lies behind it, nothing can be built.
     */

    /** A file of the log that was fetched. @param after the state behind its last change */
    private record Fetched(int place, PastEntry.Head head, PastPosition after) {}

    /**
     * The number of the newest state that is there.
     *
     * @throws StorageFailure.Corrupt where what leads to it is not whole
     */
    long fetch() throws IOException {
        var folder = bucket.folder(id);
        var logs = new ArrayList<>(folder.logs());
        if (!logs.isEmpty() && begun(logs.getLast(), folder)) {
            // Its copy was on its way, and no change of it is there: what is before is the newest.
            logs.removeLast();
        }
        if (logs.isEmpty()) {
            throw corrupt("nothing whole", "");
        }
        var damage = "";
        Fetched first = null;
        var newest = 0L;
        for (var i = logs.size() - 1; i >= 0 && damage.isEmpty(); i--) {
            var log = logs.get(i);
            try {
                var fetched = fetched(log, folder);
                if (first == null) {
                    newest = fetched.after().number();
                } else {
                    requireJoined(log.file(), fetched, first);
                }
                first = fetched;
            } catch (StorageFailure.Corrupt e) {
                damage = String.valueOf(e.getMessage());
                Files.deleteIfExists(segment(log.file()).file());
            }
        }
        if (first == null) {
            throw corrupt("the newest changes are not whole", damage);
        }
        var copies = copies(folder, first.head(), newest, logs.getLast().file().start());
        if (copies == 0) {
            throw corrupt("no whole copy leads to the newest changes", damage);
        }
        if (!damage.isEmpty()) {
            SqlFiles.LOG.warn("sql history: database={} has lost its states before a damage: {}", id, damage);
        }
        return newest;
    }

    /** Whether a past began there, and its copy is not whole yet. */
    private static boolean begun(ShippedPieces<ShippedFile.Log> log, ShippedFolder folder) {
        var start = log.file().start();
        return log.file().place() == start
                && !log.torn()
                && log.end() == PastEntry.HEAD_BYTES
                && folder.whole().stream().noneMatch(copy -> copy.start() == start);
    }

    private Fetched fetched(ShippedPieces<ShippedFile.Log> pieces, ShippedFolder folder) throws IOException {
        var log = pieces.file();
        var one = folder.logs().stream().filter(other -> other.file().place() == log.place());
        if (one.count() > 1) {
            throw corrupt("two pasts at " + log.name(), "");
        }
        var segment = segment(log);
        fetch(pieces, segment.file());
        PastEntry.Head head = null;
        PastPosition after = null;
        try (var reading = segment.read(0)) {
            for (var next = reading.next(); next != null; next = reading.next()) {
                if (next instanceof PastEntry.Head found) {
                    head = found;
                    after = found.before();
                } else if (next instanceof PastEntry.Change change) {
                    after = change.after();
                }
            }
            if (head == null || after == null || reading.at() < Files.size(segment.file())) {
                throw corrupt(log.name() + " is damaged at " + reading.at(), "");
            }
        }
        if (!ShippedFile.Log.of(segment, head).equals(log)) {
            throw corrupt(log.name() + " has another head than its name", "");
        }
        return new Fetched(log.place(), head, after);
    }

    /** A past that began is whole by itself; what went before it is a past of its own. */
    private void requireJoined(ShippedFile.Log log, Fetched before, Fetched after) {
        var next = after.head();
        var follows = next.start() == log.start() && next.before().equals(before.after());
        var begins = next.start() > log.place() && next.start() == after.place();
        if (!follows && !begins) {
            throw corrupt("changes are missing behind " + log.name(), "");
        }
    }

    /** How many can be had that changes are there behind. @param first what the log begins with */
    private int copies(ShippedFolder folder, PastEntry.Head first, long newest, int start) throws IOException {
        var leading = 0;
        for (var pieces : folder.copies()) {
            var copy = pieces.file();
            var behind = copy.start() > first.start()
                    || copy.start() == first.start()
                            && copy.number() >= first.before().number();
            if (!behind || pieces.end() != copy.bytes()) {
                continue;
            }
            var base = new PastBase(past, copy.number(), copy.start());
            try {
                fetch(pieces, base.file());
                requireSum(copy, base.file());
                leading += copy.start() == start && copy.number() <= newest ? 1 : 0;
            } catch (StorageFailure.Corrupt e) {
                Files.deleteIfExists(base.file());
                SqlFiles.LOG.warn("sql history: a copy of database={} is not whole: {}", id, e.getMessage());
            }
        }
        return leading;
    }

    private void requireSum(ShippedFile.Copy copy, Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            if (SqlShippedCopy.sum(channel) != copy.sum()) {
                throw corrupt(copy.name() + " has another checksum than its name", "");
            }
        }
    }

    private void fetch(ShippedPieces<?> pieces, Path file) throws IOException {
        if (pieces.torn()) {
            throw missing(pieces.file(), pieces.end());
        }
        var at = 0L;
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (var from : pieces.sizes().keySet()) {
                var piece = bucket.get(ShippedNames.piece(id, pieces.file(), from));
                if (piece == null) {
                    throw missing(pieces.file(), from);
                }
                at = PastSegment.write(channel, piece.toByteBuffer(), at);
            }
        }
    }

    private PastSegment segment(ShippedFile.Log log) {
        return new PastSegment(past, log.place());
    }

    private StorageFailure.Corrupt missing(ShippedFile file, long from) {
        return corrupt("object " + ShippedNames.piece(id, file, from) + " is missing", "");
    }

    private StorageFailure.Corrupt corrupt(String what, @Nullable String because) {
        var more = because == null || because.isEmpty() ? "" : ": " + because;
        return new StorageFailure.Corrupt("sql history of " + id + ": " + what + more);
    }
}
