package io.triport.storage.queue;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.BatchHandler;
import io.triport.domain.queue.ConsumerSettings;
import io.triport.domain.queue.Consumption;
import io.triport.domain.queue.Lease;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.RequestId;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the messages of one queue to one handler. */
final class Pump implements Consumption {
    /*
     * Turns
     *
     * One thread looks at the queue again and again; each look is a turn. It pulls when a batch is full, or when messages have
     * waited as long as they may; they wait in the queue, where they cost no visibility. Each batch is worked on by a thread of its
     * own, which also settles it.
     *
     * Leases
     *
     * While a batch is worked on, turns prolong its leases long before they end. When the process dies nobody does, and the
     * messages are delivered again after one visibility. A batch that takes too long is interrupted and not prolonged any more.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final Duration PROLONGED_AFTER = QueueLimits.VISIBILITY.dividedBy(3);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);

    private final LeasedQueue queue;
    private final ConsumerSettings settings;
    private final BatchHandler handler;
    private final Means means;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Semaphore roomAgain = new Semaphore(0);
    /** Guarded by the lock, as is what follows. */
    private final List<RunningBatch> running = new ArrayList<>();

    private boolean stopping;
    /** Of the turns' thread: since when messages wait for their batch, by the ticker. */
    private long waitingSince;

    private boolean waiting;

    record Means(ForwardClock clock, Ticker ticker, Randomness randomness, Duration betweenLooks) {}

    Pump(LeasedQueue queue, ConsumerSettings settings, BatchHandler handler, Means means) {
        this.queue = queue;
        this.settings = settings;
        this.handler = handler;
        this.means = means;
    }

    void start() {
        Thread.ofVirtual().name("queue-" + settings.queue()).start(this::turnUntilStopped);
    }

    @Override
    public boolean stop(Duration patience) {
        lock.lock();
        try {
            stopping = true;
            var inTime = rest(patience);
            if (!inTime) {
                running.forEach(RunningBatch::interrupt);
                rest(AFTER_INTERRUPT);
            }
            return inTime;
        } finally {
            lock.unlock();
        }
    }

    /** Prolongs what is worked on, and begins what may begin. @return whether a batch has begun */
    boolean turn() {
        batches().forEach(this::prolong);
        var begun = 0;
        for (var free = free(); begun < free && begin(); ) {
            begun++;
        }
        return begun > 0;
    }

    /** Waits until no batch is worked on. @return whether it came to that */
    boolean rest(Duration patience) {
        lock.lock();
        try {
            var left = TimeUnit.MILLISECONDS.toNanos(patience.toMillis());
            while (!running.isEmpty() && left > 0) {
                left = ended.awaitNanos(left);
            }
            return running.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void ended(RunningBatch batch) {
        lock.lock();
        try {
            running.remove(batch);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        roomAgain.release();
    }

    private void turnUntilStopped() {
        while (!over()) {
            if (!turned()) {
                pause();
            }
        }
    }

    private boolean turned() {
        try {
            return turn();
        } catch (StorageFailure e) {
            LOG.warn("queue not looked at, which is tried again queue={} code={}", settings.queue(), e.code());
        } catch (RuntimeException e) {
            LOG.error("queue not looked at, which is tried again queue={}", settings.queue(), e);
        }
        return false;
    }

    /** Until there is room for another batch, or it is time to look again. */
    private void pause() {
        try {
            if (roomAgain.tryAcquire(means.betweenLooks().toNanos(), TimeUnit.NANOSECONDS)) {
                roomAgain.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a batch has begun. */
    private boolean begin() {
        var ready = queue.ready(settings.batch());
        if (ready == 0) {
            waiting = false;
            return false;
        }
        if (!waiting) {
            waiting = true;
            waitingSince = means.ticker().nanos();
        }
        var waited = means.ticker().nanos() - waitingSince;
        if (ready < settings.batch() && waited < settings.longestWait().toNanos()) {
            return false;
        }
        waiting = false;
        var pulledAt = means.ticker().nanos();
        var leases = queue.pull(new PullRequest(settings.batch(), QueueLimits.VISIBILITY));
        return !leases.isEmpty() && begin(leases, pulledAt);
    }

    private boolean begin(List<Lease> leases, long pulledAt) {
        var batch = new QueueBatch(
                RequestId.fresh(means.randomness()),
                Instant.ofEpochMilli(means.clock().millis()),
                settings.task(),
                settings.queue(),
                leases.stream().map(Lease::delivery).toList());
        var begun = new RunningBatch(this, queue, batch, leases, pulledAt);
        lock.lock();
        try {
            running.add(begun);
        } finally {
            lock.unlock();
        }
        begun.start(handler);
        return true;
    }

    private void prolong(RunningBatch batch) {
        var now = means.ticker().nanos();
        if (now - batch.begunAt() > LONGEST.toNanos()) {
            batch.interrupt();
        } else {
            batch.prolong(now, PROLONGED_AFTER);
        }
    }

    private List<RunningBatch> batches() {
        lock.lock();
        try {
            return List.copyOf(running);
        } finally {
            lock.unlock();
        }
    }

    private int free() {
        lock.lock();
        try {
            return stopping ? 0 : settings.atOnce() - running.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean over() {
        lock.lock();
        try {
            return stopping && running.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
