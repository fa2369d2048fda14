package io.triport.manager.live;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Fetch;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.Drain;
import io.triport.manager.access.Doorkeeper;
import io.triport.manager.answer.Refused;
import io.triport.manager.job.JobBoard;
import io.triport.manager.job.JobDesk;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** What those who watch jobs have in common. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class Watching {
    /** Sockets and streams of one node. */
    private static final int MOST = 1_000;

    private static final long RECHECK_NANOS = Duration.ofSeconds(60).toNanos();

    private final JobDesk desk;
    private final JobBoard board;
    private final Storage storage;
    private final Doorkeeper door;
    private final Drain drain;
    private final Clock clock;
    private final Ticker ticker;
    private final Semaphore places = new Semaphore(MOST);

    Watching(JobDesk desk, JobBoard board, Storage storage, Doorkeeper door, Drain drain, Clock clock, Ticker ticker) {
        this.desk = desk;
        this.board = board;
        this.storage = storage;
        this.door = door;
        this.drain = drain;
        this.clock = clock;
        this.ticker = ticker;
    }

    JobDesk desk() {
        return desk;
    }

    JobBoard board() {
        return board;
    }

    Storage storage() {
        return storage;
    }

    long nanos() {
        return ticker.nanos();
    }

    boolean stopping() {
        return drain.begun();
    }

    /** Whether there is a place for one more; it is the caller's until {@link #leave}. */
    boolean enter() {
        return places.tryAcquire();
    }

    void leave() {
        places.release();
    }

    /** A credential that is asked again and again whether it still holds. For one thread. */
    final class Credential {
        private final Fetch fetch;
        private final Grant grant;
        private long checked = ticker.nanos();

        Credential(Fetch fetch, Grant grant) {
            this.fetch = fetch;
            this.grant = grant;
        }

        /** A look at the clock, and once a minute at all that made it valid. */
        boolean holds() {
            if (!grant.live(clock.instant())) {
                return false;
            }
            if (ticker.nanos() - checked < RECHECK_NANOS) {
                return true;
            }
            checked = ticker.nanos();
            try {
                door.admit(fetch).grant().close();
                return true;
            } catch (Refused e) {
                return false;
            }
        }
    }
}
