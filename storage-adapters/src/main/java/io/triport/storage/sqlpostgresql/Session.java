package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.SessionStart;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** How far a session has seen, as a place in the server's log behind which its next read must be. Safe for many threads. */
final class Session {
    /** Places are smaller: it stands for the server itself, whose state is the latest. */
    private static final long LATEST = Long.MAX_VALUE;

    private final AtomicLong least;
    private final AtomicLong seen = new AtomicLong();

    private Session(long least) {
        this.least = new AtomicLong(least);
    }

    /** Whose first read is of the latest state. */
    static Session latest() {
        return new Session(LATEST);
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for the bookmark of another database */
    static Session of(SessionStart start, DatabaseId database) {
        return switch (start) {
            case SessionStart.FirstPrimary first -> latest();
            case SessionStart.FirstUnconstrained first -> new Session(0);
            case SessionStart.After(var bookmark) -> {
                if (!bookmark.of(database)) {
                    throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "bookmark: of another database");
                }
                // One that somebody made up may say any number.
                yield new Session(bookmark.changes() < 0 ? LATEST : bookmark.changes());
            }
        };
    }

    /** The place that a copy must have reached to be read from; empty where only the latest state will do. */
    OptionalLong least() {
        var place = least.get();
        return place == LATEST ? OptionalLong.empty() : OptionalLong.of(place);
    }

    /** The furthest place that it knows to lie behind all that it has seen; 0 for none yet. */
    long seen() {
        return seen.get();
    }

    /** The next read goes on from there, and no longer from where the session began. */
    void saw(long place) {
        least.set(seen.accumulateAndGet(place, Math::max));
    }

    /** The next read is of the latest state, since nobody knows how far this one has seen. */
    void lost() {
        seen.set(0);
        least.set(LATEST);
    }
}
