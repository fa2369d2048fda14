package io.triport.storage.sql;

import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds states in the log. @param segments all files of it, one or more, from the first */
record PastStates(PastLog log, List<PastSegment> segments) {
    /**
     * Where a state is.
     *
     * @param start the place of the file from which on no change is missing up to it @param place of the file @param end in that file,
     *     behind the last entry that belongs to the state
     */
    record Found(int start, int place, long end) {}

    /**
     * Null when it is not there. The last of two of one number, which only foreign hands could have made.
     *
     * @throws StorageFailure.Corrupt when it would be where the log is damaged
     */
    @Nullable
    Found find(long number) throws IOException {
        for (var i = segments.size() - 1; i >= 0; i--) {
            var head = head(i);
            var found = mayHave(i, head, number) ? find(segments.get(i), head, number) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The greatest number that is not above this one; empty when all are. */
    OptionalLong latest(long most) throws IOException {
        for (var i = segments.size() - 1; i >= 0; i--) {
            if (head(i).before().number() <= most) {
                return OptionalLong.of(latest(i, most));
            }
        }
        return OptionalLong.empty();
    }

    PastEntry.Head head(int index) throws IOException {
        return Objects.requireNonNull(segments.get(index).head());
    }

    /** Numbers grow where no change is missing. */
    private boolean mayHave(int index, PastEntry.Head head, long number) throws IOException {
        if (number < head.before().number()) {
            return false;
        }
        if (index + 1 == segments.size()) {
            return true;
        }
        var next = head(index + 1);
        return next.start() != head.start() || number <= next.before().number();
    }

    private @Nullable Found find(PastSegment segment, PastEntry.Head head, long number) throws IOException {
        var end = -1L;
        try (var reading = segment.read(0)) {
            for (var next = reading.next(); next != null; next = reading.next()) {
                if (number(next) == number) {
                    end = reading.at();
                }
            }
            if (end < 0 && reading.at() < log.whole(segment)) {
                throw new StorageFailure.Corrupt("sql history: " + segment.file() + " at " + reading.at());
            }
        }
        return end < 0 ? null : new Found(head.start(), segment.place(), end);
    }

    private long latest(int index, long most) throws IOException {
        var latest = head(index).before().number();
        try (var reading = segments.get(index).read(0)) {
            for (var next = reading.next(); next != null; next = reading.next()) {
                var number = number(next);
                if (number <= most) {
                    latest = Math.max(latest, number);
                }
            }
        }
        return latest;
    }

    /** Of the state behind an entry; none behind a page, whose change is not yet at its end. */
    private static long number(PastEntry entry) {
        return switch (entry) {
            case PastEntry.Head head -> head.before().number();
            case PastEntry.Change change -> change.after().number();
            case PastEntry.Page page -> -1;
        };
    }
}
