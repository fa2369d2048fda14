package io.triport.gateway.audit;

import io.triport.domain.audit.AuditChain;
import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditOutcome;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.audit.AuditSpill;
import io.triport.domain.storage.StorageFailure;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records between requests and their sink. What requests call never waits, so that event loops may; {@link Ticket} is a request's
 * place, taken before anything is done for it, so that its record always has one. Safe for many threads.
 */
public final class AuditQueue implements AutoCloseable {
    /*
     * Order. Records leave the queue in the order in which they came, under one lock, which also links them. Without a spill one
     * thread brings them to the sink, the same batch until it is taken. With one, a second thread moves them to the disk: all of
     * them when they must be durable, else those that the sink is too slow for. What lies on the disk is older than what is in the
     * queue, and the first thread brings that before it takes from the queue again. A batch that it took from the queue and
     * could not bring has a place on the disk before all that was moved there meanwhile.
     *
     * Loss. A record that is in the queue is lost only with the process, and then it is at most one flush old unless the sink was
     * away; one that was said to be kept durably is on the disk.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final AuditSettings settings;
    private final AuditSink sink;
    private final @Nullable AuditSpill spill;
    private final Source source;
    private final Ticker ticker;
    private final Places places;
    private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();
    private final ReentrantLock order = new ReentrantLock();
    private final @Nullable AuditChain chain;
    private final Alarm writing = new Alarm();
    private final Alarm spilling = new Alarm();
    private final Thread writer;
    private final @Nullable Thread spiller;

    private volatile boolean sinkAway;
    private volatile boolean closing;
    private volatile long endAt;

    private record Entry(AuditRecord record, Runnable kept, boolean placed) {
        /** Where nobody waits for it: else a whole request would stay in memory for as long as its record does. */
        Entry alone() {
            return new Entry(record, () -> {}, placed);
        }
    }

    /** Who makes the records that the queue writes itself. @param ids fresh ones, each used once */
    public record Source(String node, Supplier<String> ids, Clock clock) {}

    /** @param spill null when the settings name no directory; the queue closes it and the sink */
    public AuditQueue(
            AuditSettings settings, AuditSink sink, @Nullable AuditSpill spill, Source source, Ticker ticker) {
        if ((spill == null) != settings.spillDir().isEmpty()) {
            throw new IllegalArgumentException("spill: " + spill + " (expected: one where a directory is named)");
        }
        this.settings = settings;
        this.sink = sink;
        this.spill = spill;
        this.source = source;
        this.ticker = ticker;
        this.places = new Places(settings.queue());
        this.chain = settings.chain() ? new AuditChain(lastLink(sink, spill, source.node())) : null;
        this.writer = Thread.ofPlatform().name("audit-writer").daemon().start(this::write);
        this.spiller = spill == null
                ? null
                : Thread.ofPlatform().name("audit-spiller").daemon().start(() -> spill(spill));
    }

    /** A place for the record of a request that begins; empty when there is none, and {@link #whenRoom} tells when there is. */
    public Optional<Ticket> reserve() {
        if (places.take()) {
            return Optional.of(new Ticket(true));
        }
        return settings.onFull() == AuditSettings.OnFull.SHED ? Optional.of(new Ticket(false)) : Optional.empty();
    }

    /** Calls once when there may be room, perhaps at once and perhaps on another thread. @return takes the wish back */
    public Runnable whenRoom(Runnable call) {
        return places.whenRoom(call);
    }

    /** A record for which no place was taken: kept if there is one, else counted as dropped. */
    public void offer(AuditRecord record) {
        new Ticket(places.take()).put(record, () -> {});
    }

    /** Records that wait in memory. */
    public int waiting() {
        return queued.get();
    }

    /** Records that were lost since the start. */
    public long dropped() {
        return dropped.get();
    }

    /** Whether the sink took what it was last given. */
    public boolean sinkAnswers() {
        return !sinkAway;
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Brings what waits to its sink, or at least to the disk, in the time that is left. */
    public void close(Duration drain) {
        endAt = ticker.nanos() + drain.toNanos();
        closing = true;
        writing.wake();
        spilling.wake();
        join(spiller);
        join(writer);
        abandon();
        if (spill != null) {
            spill.close();
        }
        sink.close();
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void abandon() {
        var left = taken(Integer.MAX_VALUE);
        if (!left.isEmpty()) {
            lost(left.size());
            leave(left);
        }
    }

    private void lost(int records) {
        dropped.addAndGet(records);
        LOG.error("audit dropped={} consequence=\"neither sink nor disk took them before the stop\"", records);
    }

    private void write() {
        var pause = FIRST_PAUSE;
        while (!ended()) {
            if (bring()) {
                pause = FIRST_PAUSE;
                writing.await(settings.flush().toNanos(), this::writerHasWork);
            } else {
                writing.await(pause.toNanos(), this::timeIsOver);
                pause = longer(pause);
            }
        }
    }

    private boolean writerHasWork() {
        var waits = spill != null && !spill.isEmpty();
        return closing || waits || (!settings.durable() && queued.get() >= settings.batch());
    }

    /** Whether the writer has no more to do, or no more time for it. */
    private boolean ended() {
        return timeIsOver()
                || (closing && queued.get() == 0 && unreported.get() == 0 && (spill == null || spill.isEmpty()));
    }

    private boolean timeIsOver() {
        return closing && ticker.nanos() - endAt >= 0;
    }

    private boolean bring() {
        return spill == null ? bringFromQueue() : bringOldest(spill);
    }

    private boolean bringFromQueue() {
        var batch = taken(settings.batch());
        if (batch.isEmpty()) {
            return true;
        }
        var records = records(batch);
        var pause = FIRST_PAUSE;
        while (!sent(records)) {
            if (timeIsOver()) {
                lost(records.size());
                break;
            }
            writing.await(pause.toNanos(), this::timeIsOver);
            pause = longer(pause);
        }
        leave(batch);
        return true;
    }

    private boolean bringOldest(AuditSpill disk) {
        var oldest = disk.oldest(settings.batch());
        if (!oldest.isEmpty()) {
            var sent = sent(oldest);
            disk.remove(sent ? oldest.size() : 0);
            return sent;
        }
        return settings.durable() || bringPast(disk);
    }

    /** From the queue to the sink directly, with a place on the disk in case that fails. */
    private boolean bringPast(AuditSpill disk) {
        List<Entry> batch;
        long place;
        order.lock();
        try {
            batch = disk.isEmpty() ? taken(settings.batch()) : List.of();
            if (batch.isEmpty()) {
                return true;
            }
            place = disk.place();
        } finally {
            order.unlock();
        }
        var records = records(batch);
        var sent = sent(records);
        while (!sent && !kept(() -> disk.insert(place, records))) {
            writing.await(FIRST_PAUSE.toNanos(), () -> false);
            sent = sent(records);
        }
        leave(batch);
        return sent;
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean sent(List<AuditRecord> records) {
        try {
            sink.append(records);
            if (sinkAway) {
                sinkAway = false;
                LOG.info("audit sink=back");
            }
            return true;
        } catch (StorageFailure e) {
            if (!sinkAway) {
                sinkAway = true;
                LOG.warn("audit sink=away", e);
                spilling.wake();
            }
            return false;
        }
    }

    private void spill(AuditSpill disk) {
        while (!(closing && queued.get() == 0)) {
            if (mustSpill(disk)) {
                move(disk);
                writing.wake();
            } else {
                spilling.await(settings.flush().toNanos(), () -> mustSpill(disk));
            }
        }
        writing.wake();
    }

    private boolean mustSpill(AuditSpill disk) {
        var waiting = queued.get();
        return waiting > 0
                && (settings.durable() || closing || sinkAway || waiting > settings.queue() / 2 || !disk.isEmpty());
    }

    /** With the order kept until the records are on the disk, so that no later ones pass them. */
    private void move(AuditSpill disk) {
        order.lock();
        try {
            var batch = taken(settings.batch());
            var records = records(batch);
            while (!records.isEmpty() && !moved(disk, records)) {
                if (timeIsOver()) {
                    lost(records.size());
                    break;
                }
                spilling.await(FIRST_PAUSE.toNanos(), this::timeIsOver);
            }
            leave(batch);
        } finally {
            order.unlock();
        }
    }

    /** A disk that fails must not hold up what the sink would take. */
    private boolean moved(AuditSpill disk, List<AuditRecord> records) {
        return kept(() -> disk.append(records)) || (!settings.durable() && disk.isEmpty() && sent(records));
    }

    private static boolean kept(Runnable write) {
        try {
            write.run();
            return true;
        } catch (StorageFailure e) {
            LOG.error("audit spill=failing", e);
            return false;
        }
    }

    /** The next of the queue, linked. Their places stay taken until they {@link #leave}. */
    private List<Entry> taken(int most) {
        order.lock();
        try {
            var batch = new ArrayList<Entry>();
            var lost = unreported.getAndSet(0);
            if (lost > 0) {
                batch.add(linked(new Entry(report(lost), () -> {}, false)));
            }
            for (var entry = next(batch, most); entry != null; entry = next(batch, most)) {
                batch.add(linked(entry));
            }
            return batch;
        } finally {
            order.unlock();
        }
    }

    private @Nullable Entry next(List<Entry> batch, int most) {
        var entry = batch.size() < most ? entries.poll() : null;
        if (entry != null) {
            queued.decrementAndGet();
        }
        return entry;
    }

    private Entry linked(Entry entry) {
        return chain == null ? entry : new Entry(chain.link(entry.record()), entry.kept(), entry.placed());
    }

    private void leave(List<Entry> batch) {
        places.giveBack((int) batch.stream().filter(Entry::placed).count());
        if (settings.durable()) {
            batch.forEach(entry -> entry.kept().run());
        }
    }

    private AuditRecord report(long lost) {
        return AuditRecord.builder(source.ids().get(), source.clock().instant())
                .text(AuditColumn.NODE, source.node())
                .text(AuditColumn.USER_ID, "anonymous")
                .text(AuditColumn.REASON, "audit-dropped")
                .text(AuditColumn.PATH, "dropped=" + lost)
                .outcome(AuditOutcome.FAILED)
                .build();
    }

    private static List<AuditRecord> records(List<Entry> batch) {
        return batch.stream().map(Entry::record).toList();
    }

    private static AuditLink lastLink(AuditSink sink, @Nullable AuditSpill spill, String node) {
        var kept = sink.lastLink(node).orElse(AuditLink.NONE);
        var spilt = spill == null ? AuditLink.NONE : spill.lastLink();
        return spilt.seq() > kept.seq() ? spilt : kept;
    }

    private void put(Entry entry) {
        if (!entry.placed()) {
            dropped.incrementAndGet();
            unreported.incrementAndGet();
            entry.kept().run();
            return;
        }
        entries.add(settings.durable() ? entry : entry.alone());
        var waiting = queued.incrementAndGet();
        if (settings.durable() || waiting > settings.queue() / 2) {
            spilling.wake();
        }
        if (waiting >= settings.batch()) {
            writing.wake();
        }
        if (!settings.durable()) {
            entry.kept().run();
        }
    }

    /** A request's place in the queue. Used by one thread at a time, and once: what comes after the first call does nothing. */
    public final class Ticket {
        private final boolean placed;
        private boolean used;

        private Ticket(boolean placed) {
            this.placed = placed;
        }

        /**
         * Puts the record into the queue.
         *
         * @param kept called when the answer may end: at once, or where records are durable when this one is on the disk, and then
         *     on a thread of the queue, which it must not hold up
         */
        public void put(AuditRecord record, Runnable kept) {
            if (!used) {
                used = true;
                AuditQueue.this.put(new Entry(record, kept, placed));
            }
        }

        /** For a request of which there will be no record. */
        public void release() {
            if (!used) {
                used = true;
                places.giveBack(placed ? 1 : 0);
            }
        }
    }
}
