package io.triport.storage.nats;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.storage.queue.QueueRows;
import io.triport.storage.queue.QueueTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queues of a stream. Safe for many threads: its lock guards what this node knows of it. */
final class StreamRows implements QueueRows {
    /*
     * Units
     *
     * A unit works on what this node knows and becomes one entry, which is added only behind the last one that the node knows. Where
     * another node was faster it is refused; then the node reads what is new and begins the unit again. A unit that changes nothing,
     * or throws, has seen the truth if nothing is new. So the units of all nodes have an order, and each has seen all before it.
     *
     * Answers that do not come
     *
     * An entry whose answer was lost is there, or not, or still on its way. The unit begins again as if it were not there: of two
     * entries behind the same one the second is refused. An entry is known by its mark; once another is behind the one that it was to
     * follow, it is not there and will not be. Where the server does not answer this time either, the outcome is unknown.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final int MOST_ATTEMPTS = 100;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Replica replica;
    private final Duration patience;

    /** @param patience how long a unit waits for those before it */
    StreamRows(Replica replica, Duration patience) {
        this.replica = replica;
        this.patience = patience;
    }

    /** Reads what the stream has. */
    void look() {
        locked(replica::follow);
    }

    @Override
    public <R> R read(Function<QueueTable, R> work) {
        return locked(() -> {
            var running = replica.running();
            if (running != null) {
                return work.apply(running);
            }
            for (var attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                replica.follow();
                try {
                    return replica.attempt(work).result();
                } catch (Gone e) {
                    requireNewer(e);
                }
            }
            throw overloaded();
        });
    }

    @Override
    public <R> R write(Function<QueueTable, R> work) {
        return locked(() -> {
            var running = replica.running();
            if (running != null) {
                return work.apply(running);
            }
            var result = written(work);
            trim();
            return result;
        });
    }

    private <R> R written(Function<QueueTable, R> work) {
        var doubtful = new HashMap<Bytes, Replica.Attempt<R>>();
        if (!replica.isBegun()) {
            replica.follow();
        }
        try {
            for (var attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                var result = attempt(work, doubtful).or(() -> followed(doubtful));
                if (result.isPresent()) {
                    return result.get().result();
                }
            }
        } catch (StorageFailure.Unavailable e) {
            throw doubtful.isEmpty() ? e : unknown(e);
        }
        throw doubtful.isEmpty() ? overloaded() : unknown(overloaded());
    }

    /** @return what came of the unit; empty where it has to begin again */
    private <R> Optional<Replica.Attempt<R>> attempt(
            Function<QueueTable, R> work, Map<Bytes, Replica.Attempt<R>> doubtful) {
        Replica.Attempt<R> attempt;
        try {
            attempt = replica.attempt(work);
        } catch (Gone e) {
            if (doubtful.isEmpty()) {
                requireNewer(e);
            }
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            if (certain(doubtful)) {
                throw e;
            }
            return Optional.empty();
        }
        if (attempt.changes().isEmpty()) {
            return certain(doubtful) ? Optional.of(attempt) : Optional.empty();
        }
        var entry = replica.entry(attempt.changes());
        return switch (replica.append(entry)) {
            case DONE -> Optional.of(attempt);
            case REFUSED -> Optional.empty();
            case UNANSWERED -> {
                doubtful.put(entry.mark(), attempt);
                yield Optional.empty();
            }
        };
    }

    /** @throws StorageFailure.Corrupt where it is not for being old that this node looks for an entry that is not there */
    private void requireNewer(Gone gone) {
        if (replica.isNewest()) {
            throw new StorageFailure.Corrupt("nats: the stream has no " + gone.getMessage());
        }
    }

    private boolean certain(Map<Bytes, ?> doubtful) {
        return doubtful.isEmpty() && replica.isNewest();
    }

    /** @return what came of the unit, where one of its entries was found */
    private <R> Optional<Replica.Attempt<R>> followed(Map<Bytes, Replica.Attempt<R>> doubtful) {
        var read = replica.follow();
        var found = doubtful.entrySet().stream()
                .filter(entry -> read.marks().contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (found.isEmpty() && read.anew() && !doubtful.isEmpty()) {
            throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "nats: the stream is another one");
        }
        if (!read.marks().isEmpty()) {
            doubtful.clear();
        }
        return found;
    }

    private void trim() {
        try {
            replica.trim();
        } catch (StorageFailure | Gone e) {
            LOG.debug("stream not trimmed, which is tried again", e);
        }
    }

    private <R> R locked(Supplier<R> work) {
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw overloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "nats: interrupted", e);
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static StorageFailure unknown(StorageFailure cause) {
        return new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "nats: no answer", cause);
    }

    private static StorageFailure overloaded() {
        return new StorageFailure.Unavailable(FailureCode.OVERLOADED, "nats: too many units at once");
    }
}
