package io.triport.gateway.audit;

import io.triport.domain.audit.AuditChain;
import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditOutcome;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import io.triport.domain.audit.AuditSpill;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private final AuditSettings settings;
    private final AuditSink sink;
    private final @Nullable AuditSpill spill;
    private final Places places;
    private final Waiting waiting;
    private final SinkLink link;
    private final Stop stop;
    private final Alarm writing = new Alarm();
    private final Alarm spilling = new Alarm();
    private final Thread writer;
    private final @Nullable Thread mover;
    /** Whether nobody takes records any more. */
    private volatile boolean closed;

    /** Who makes the records that the queue writes itself. @param ids fresh ones, each used once */
    public record Source(String node, Supplier<String> ids, Clock clock) {
        private AuditRecord report(long lost) {
            return AuditRecord.builder(ids.get(), clock.instant())
                    .text(AuditColumn.NODE, node)
                    .text(AuditColumn.USER_ID, "anonymous")
                    .text(AuditColumn.REASON, "audit-dropped")
                    .text(AuditColumn.PATH, "dropped=" + lost)
                    .outcome(AuditOutcome.FAILED)
                    .build();
        }
    }

    /** @param spill null when the settings name no directory; the queue closes it and the sink */
    public AuditQueue(
            AuditSettings settings, AuditSink sink, @Nullable AuditSpill spill, Source source, Ticker ticker) {
        if ((spill == null) != settings.spillDir().isEmpty()) {
            throw new IllegalArgumentException("spill: " + spill + " (expected: one where a directory is named)");
        }
        this.settings = settings;
        this.sink = sink;
        this.spill = spill;
        this.places = new Places(settings.queue());
        var chain = settings.chain() ? new AuditChain(lastLink(sink, spill, source.node())) : null;
        this.waiting = new Waiting(places, source::report, chain);
        this.link = new SinkLink(sink, spilling::wake);
        this.stop = new Stop(ticker);
        var disk = spill == null ? null : new Disk(spill);
        this.writer = Thread.ofPlatform()
                .name("audit-writer")
                .daemon()
                .start(new SinkWriter(settings, waiting, link, disk, stop, writing, spilling::wake));
        this.mover = disk == null ? null : mover(new SpillMover(settings, waiting, link, disk, stop, spilling));
    }

    private Thread mover(SpillMover moves) {
        return Thread.ofPlatform()
                .name("audit-spiller")
                .daemon()
                .start(() -> moves.run(() -> !writer.isAlive(), writing::wake));
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
        return waiting.queued();
    }

    /** Records that were lost since the start. */
    public long dropped() {
        return waiting.dropped();
    }

    /** Whether records come to rest: in the sink, or while it is away on the disk. */
    public boolean recording() {
        return !link.away() || spill != null;
    }

    /** Whether the sink took what it was last given. */
    public boolean sinkAnswers() {
        return !link.away();
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** Brings what waits to its sink, or at least to the disk, in the time that is left. */
    public void close(Duration drain) {
        stop.begin(drain);
        writing.wake();
        spilling.wake();
        join(writer);
        spilling.wake();
        join(mover);
        closed = true;
        abandon();
        if (spill != null) {
            spill.close();
        }
        sink.close();
    }

    /** An interrupted caller waits too: else the sink would be closed under its writer. */
    private static void join(@Nullable Thread thread) {
        var interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void abandon() {
        var left = waiting.take(Integer.MAX_VALUE);
        if (!left.isEmpty()) {
            waiting.lost(left.size());
            waiting.settle(left);
        }
    }

    private static AuditLink lastLink(AuditSink sink, @Nullable AuditSpill spill, String node) {
        var kept = sink.lastLink(node).orElse(AuditLink.NONE);
        var spilt = spill == null ? AuditLink.NONE : spill.lastLink();
        return spilt.seq() > kept.seq() ? spilt : kept;
    }

    private void put(Entry entry) {
        if (!entry.placed()) {
            waiting.shed();
            entry.kept().run();
            return;
        }
        var queued = waiting.put(settings.durable() ? entry : entry.alone());
        if (settings.durable() || queued > settings.queue() / 2) {
            spilling.wake();
        }
        if (queued >= settings.worthWriting()) {
            writing.wake();
        }
        if (!settings.durable()) {
            entry.kept().run();
        }
        if (closed) {
            abandon();
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
