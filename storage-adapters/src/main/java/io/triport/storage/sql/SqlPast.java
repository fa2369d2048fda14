package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The earlier states of one database: copies of it, and a log of the changes behind them, in a folder beside its file. Methods that
 * change them are called by who may write the database, in a transaction that keeps others from it; the rest by anybody.
 */
final class SqlPast implements AutoCloseable {
    private static final Comparator<PastBase> ORDER =
            Comparator.comparingInt(PastBase::start).thenComparingLong(PastBase::number);

    private final SqlConnector connector;
    private final Path wal;
    private final Path directory;
    private final PastSizes sizes;
    private final Clock clock;
    private final PastStep.Watch watch;
    private final PastLog log;
    private boolean lost;
    private @Nullable Kept kept;

    SqlPast(SqlConnector connector, SqlMeans means) {
        this.connector = connector;
        this.wal = connector.log();
        this.directory = connector.past();
        this.sizes = means.sizes();
        this.clock = means.clock();
        this.watch = means.watch();
        this.log = new PastLog(directory, sizes.segmentBytes());
    }

    /**
     * Up to where changes are on the disk.
     *
     * @param start the place of the file of the log from which on no change is missing @param place of the last file @param end in that
     */
    record Kept(int start, int place, long end) {}

    /** Whether no state is kept yet. */
    boolean empty() throws IOException {
        return log.segments().isEmpty();
    }

    /**
     * Takes what was committed into the log.
     *
     * @param current the number of the state, as SQLite has it
     * @return the numbers of changes that were not in it before
     */
    List<Long> take(long current) throws IOException, SQLException {
        var position = log.position();
        if (position == null || lost) {
            SqlFiles.LOG.info("sql history begins: file={}", connector.file());
            begin(current, 1);
            return List.of();
        }
        try (var written = WalFile.open(wal)) {
            var changes = written == null ? List.<WalFile.Change>of() : behind(written, position, current);
            if (!joined(position.number(), changes, current)) {
                SqlFiles.LOG.warn(
                        "sql history begins anew: file={} was changed by others, or by a process that did not end well",
                        connector.file());
                begin(current, 1);
                return List.of();
            }
            if (written != null) {
                append(written, changes);
            }
            watch.after(PastStep.LOGGED);
            return changes.stream()
                    .filter(WalFile.Change::counted)
                    .map(WalFile.Change::number)
                    .toList();
        }
    }

    /** Returns when all that was taken is on the disk. */
    void force() throws IOException {
        try {
            log.force();
        } catch (IOException e) {
            // What of it is on the disk nobody can say, and a second fsync would lie.
            lost = true;
            throw e;
        }
        log.follow();
        watch.after(PastStep.FORCED);
    }

    /** Takes what was committed, and returns when it is on the disk. */
    Kept keep(long current) throws IOException, SQLException {
        take(current);
        if (!there().equals(kept)) {
            force();
            kept = there();
        }
        return there();
    }

    /** Begins anew, with a copy, in a file of a place that is not less than a given one. */
    Kept renew(long current, int least) throws IOException, SQLException {
        begin(current, least);
        return there();
    }

    /** The files of the log from a place on. */
    List<PastSegment> segments(int from) throws IOException {
        return log.segments(from);
    }

    /** The copies, from the oldest on. */
    List<PastBase> copies() throws IOException {
        return PastBase.all(directory).stream().sorted(ORDER).toList();
    }

    /** The place in the log that a copy belongs to; empty when none is due. */
    Optional<Integer> due() throws IOException {
        var bases = PastBase.all(directory);
        var newest = bases.stream().max(ORDER);
        if (newest.isEmpty() || log.position() == null) {
            return Optional.empty();
        }
        var number = newest.get().number();
        var behind = 0L;
        var made = ChangeNumber.second(number);
        for (var segment : log.segments()) {
            var head = segment.head();
            if (head != null && head.before().number() >= number) {
                behind += Files.size(segment.file());
            }
            if (head != null && head.start() == newest.get().start()) {
                made = Math.max(made, head.began());
            }
        }
        var old = ChangeNumber.second(clock.instant().minus(sizes.window().dividedBy(2)));
        var most = Math.max(sizes.betweenBytes(), Files.size(connector.file()));
        return behind > most || made < old ? Optional.of(log.start()) : Optional.empty();
    }

    /** Removes what is older than it has to be kept. */
    void tidy() throws IOException {
        var before = ChangeNumber.lastOf(clock.instant().minus(sizes.window()));
        var bases = PastBase.all(directory);
        var kept = bases.stream().filter(base -> base.number() <= before).max(ORDER);
        if (kept.isEmpty()) {
            return;
        }
        var base = kept.get();
        for (var other : bases) {
            if (ORDER.compare(other, base) < 0) {
                Files.deleteIfExists(other.file());
            }
        }
        var segments = log.segments();
        for (var segment : segments.subList(0, before(segments, base))) {
            Files.deleteIfExists(segment.file());
        }
        watch.after(PastStep.TIDIED);
    }

    /** The number of the state that there was at the end of a second; empty when that is not kept. @param most of that second */
    OptionalLong latest(long most) {
        try {
            var segments = log.segments();
            if (segments.isEmpty() || begunAfter(segments.getFirst(), most)) {
                return OptionalLong.empty();
            }
            return new PastStates(log, segments).latest(most);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /**
     * Makes a file of what the database was.
     *
     * @throws StorageFailure.Rejected BAD_REQUEST when that state is not kept
     * @throws StorageFailure.Corrupt when what is kept is damaged
     */
    void make(Path file, long number) {
        try {
            var segments = log.segments();
            var states = new PastStates(log, segments);
            var found = states.find(number);
            var base = found == null ? Optional.<PastBase>empty() : base(segments, found, number);
            if (found == null || base.isEmpty()) {
                throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "bookmark: of a state that is not kept");
            }
            var rest = segments.subList(before(segments, base.get()), segments.size());
            PastReplay.make(file, base.get(), rest, found, number);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void close() {
        try {
            log.close();
        } catch (IOException e) {
            SqlFiles.LOG.warn("sql history not closed: file={}", connector.file(), e);
        }
    }

    /** Of a state that nothing is known of before. */
    private void begin(long current, int least) throws IOException, SQLException {
        Files.createDirectories(directory);
        var segments = log.segments();
        var start = segments.isEmpty()
                ? least
                : Math.max(least, segments.getLast().next().place());
        var number = PastBase.copied(connector, start).number();
        if (number != current) {
            throw new IOException("copy: of state " + number + " (expected: " + current + ")");
        }
        watch.after(PastStep.COPIED);
        log.begin(start, ChangeNumber.second(clock.instant()), position(current));
        lost = false;
        watch.after(PastStep.BEGUN);
    }

    private Kept there() {
        return new Kept(log.start(), log.place(), log.end());
    }

    private PastPosition position(long current) throws IOException {
        try (var written = WalFile.open(wal)) {
            if (written == null) {
                return new PastPosition(current, 0, 0);
            }
            var changes = behind(written, new PastPosition(current, written.salt(), 0), current);
            return new PastPosition(
                    current,
                    written.salt(),
                    changes.isEmpty() ? 0 : changes.getLast().last());
        }
    }

    private static List<WalFile.Change> behind(WalFile written, PastPosition position, long current)
            throws IOException {
        var from = written.salt() == position.salt() ? position.frame() : 0;
        var all = written.after(from, position.number());
        var count = all.size();
        while (count > 0 && all.get(count - 1).number() != current) {
            count--;
        }
        return all.subList(0, count);
    }

    private void append(WalFile written, List<WalFile.Change> changes) throws IOException {
        try {
            for (var change : changes) {
                log.append(written, change);
            }
        } catch (IOException e) {
            log.forget();
            throw e;
        }
    }

    /** Whether changes follow a state without a gap, up to the current one. */
    private static boolean joined(long before, List<WalFile.Change> changes, long current) {
        var number = before;
        for (var change : changes) {
            if (change.counted() && !change.whole() && !ChangeNumber.follows(number, change.number())) {
                return false;
            }
            number = change.number();
        }
        return number == current;
    }

    /** A database that had a past before its states were kept says nothing of it. */
    private static boolean begunAfter(PastSegment first, long most) throws IOException {
        var head = first.head();
        return head != null
                && head.start() == first.place()
                && head.before().number() != 0
                && ChangeNumber.second(most) < head.began();
    }

    private Optional<PastBase> base(List<PastSegment> segments, PastStates.Found found, long number)
            throws IOException {
        var least = Long.MIN_VALUE;
        for (var segment : segments) {
            var head = segment.head();
            if (head != null && segment.place() == found.start()) {
                least = head.before().number();
            }
        }
        var from = least;
        return PastBase.all(directory).stream()
                .filter(base -> base.start() == found.start() && base.number() >= from && base.number() <= number)
                .max(ORDER);
    }

    /** How many files of the log have nothing of what is behind a copy. */
    private static int before(List<PastSegment> segments, PastBase base) throws IOException {
        var places = new ArrayList<PastPlace>();
        for (var segment : segments) {
            var head = segment.head();
            // One that went away meanwhile says nothing, so that nothing behind it goes.
            places.add(
                    head == null
                            ? new PastPlace(segment.place(), Integer.MAX_VALUE, 0)
                            : new PastPlace(
                                    segment.place(), head.start(), head.before().number()));
        }
        return PastPlace.before(places, base.start(), base.number());
    }

    private static StorageFailure unavailable(IOException e) {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: the history cannot be read", e);
    }
}
