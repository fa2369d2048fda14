package io.triport.storage.queue;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.BatchHandler;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Lease;
import io.triport.domain.queue.LeaseId;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.queue.Settlement;
import io.triport.domain.queue.Verdicts;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch that is worked on. Its own monitor guards the verdicts. */
final class RunningBatch implements Verdicts {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private final Pump pump;
    private final LeasedQueue queue;
    private final QueueBatch batch;
    private final Map<MessageId, LeaseId> leases;
    private final long begunAt;
    private final Map<MessageId, Function<LeaseId, Settlement>> verdicts = new HashMap<>();
    private final Set<MessageId> handedOut = new HashSet<>();
    private @Nullable Function<LeaseId, Settlement> ofAll;
    private @Nullable Thread thread;
    /** Of the turns' thread. */
    private long prolongedAt;

    /** @param begunAt by the ticker, before the leases began */
    RunningBatch(Pump pump, LeasedQueue queue, QueueBatch batch, List<Lease> leases, long begunAt) {
        this.pump = pump;
        this.queue = queue;
        this.batch = batch;
        this.leases = leases.stream()
                .collect(Collectors.toUnmodifiableMap(lease -> lease.delivery().id(), Lease::id));
        this.begunAt = begunAt;
        this.prolongedAt = begunAt;
    }

    long begunAt() {
        return begunAt;
    }

    void start(BatchHandler handler) {
        var worker = Thread.ofVirtual().name("queue-batch").unstarted(() -> run(handler));
        synchronized (this) {
            thread = worker;
        }
        worker.start();
    }

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    void prolong(long now, Duration after) {
        if (now - prolongedAt < after.toNanos()) {
            return;
        }
        try {
            queue.settle(leases.values().stream()
                    .<Settlement>map(lease -> new Settlement.Prolong(lease, QueueLimits.VISIBILITY))
                    .toList());
            prolongedAt = now;
        } catch (StorageFailure e) {
            LOG.warn("leases not prolonged, which is tried again request={} code={}", batch.id(), e.code());
        }
    }

    @Override
    public void ack(MessageId message) {
        note(message, Settlement.Ack::new);
    }

    @Override
    public void retry(MessageId message, Delay delay) {
        note(message, lease -> new Settlement.Retry(lease, delay));
    }

    @Override
    public synchronized void ackAll() {
        ofAll = ofAll == null ? Settlement.Ack::new : ofAll;
    }

    @Override
    public synchronized void retryAll(Delay delay) {
        ofAll = ofAll == null ? lease -> new Settlement.Retry(lease, delay) : ofAll;
    }

    @Override
    public synchronized LeaseId lease(MessageId message) {
        var lease = known(message);
        handedOut.add(message);
        return lease;
    }

    private synchronized void note(MessageId message, Function<LeaseId, Settlement> verdict) {
        known(message);
        verdicts.putIfAbsent(message, verdict);
    }

    private LeaseId known(MessageId message) {
        var lease = leases.get(message);
        if (lease == null) {
            throw new IllegalArgumentException("message: " + message + " (expected: one of the batch)");
        }
        return lease;
    }

    private void run(BatchHandler handler) {
        try {
            settle(worked(handler));
        } catch (StorageFailure e) {
            LOG.warn("batch not settled, so it is delivered again request={} code={}", batch.id(), e.code());
        } finally {
            synchronized (this) {
                thread = null;
            }
            // Whoever interrupts later has nobody to interrupt.
            pump.ended(this);
        }
    }

    private Ending worked(BatchHandler handler) {
        try {
            handler.handle(batch, this);
            return Ending.RETURNED;
        } catch (StorageFailure e) {
            LOG.warn("batch failed request={} queue={} code={}", batch.id(), batch.queue(), e.code());
        } catch (RuntimeException | Error e) {
            LOG.error("batch failed request={} queue={}", batch.id(), batch.queue(), e);
        }
        return Ending.FAILED;
    }

    private void settle(Ending ending) {
        // The handler has ended: its interrupt must not reach what settles for it.
        if (Thread.interrupted()) {
            LOG.debug("batch was interrupted request={}", batch.id());
        }
        var settlements = settlements(ending);
        if (!settlements.isEmpty()) {
            queue.settle(settlements);
        }
    }

    private synchronized List<Settlement> settlements(Ending ending) {
        var settlements = new ArrayList<Settlement>();
        for (var delivery : batch.deliveries()) {
            var verdict = verdicts.get(delivery.id());
            if (verdict != null) {
                settlements.add(verdict.apply(known(delivery.id())));
            } else if (ending == Ending.FAILED || !handedOut.contains(delivery.id())) {
                settlements.add(otherwise(known(delivery.id()), ending));
            }
        }
        return settlements;
    }

    private Settlement otherwise(LeaseId lease, Ending ending) {
        if (ofAll != null) {
            return ofAll.apply(lease);
        }
        return switch (ending) {
            case RETURNED -> new Settlement.Ack(lease);
            case FAILED -> new Settlement.Retry(lease, Delay.OF_QUEUE);
        };
    }

    /** How a handler ended. */
    private enum Ending {
        RETURNED,
        FAILED
    }
}
