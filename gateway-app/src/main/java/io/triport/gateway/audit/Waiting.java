package io.triport.gateway.audit;

import io.triport.domain.audit.AuditChain;
import io.triport.domain.audit.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records in memory, in the order in which they came, until they rest elsewhere or are lost. Safe for many threads. */
final class Waiting {
    /*
     * Counts. Each goes up before and down after what it counts, so that none is ever too small: who reads zero knows that there is
     * nothing. What is in a thread's hands between here and its rest is no longer queued and still unsettled. A report of losses is
     * counted as unsettled before it stops being owed, so who asks whether all is settled reads these two the other way round.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.request");

    private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger unsettled = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();
    private final ReentrantLock order = new ReentrantLock();
    private final Places places;
    private final LongFunction<AuditRecord> report;
    private final @Nullable AuditChain chain;

    /** @param report makes the record of a number of losses. @param chain links records, null where they are not linked */
    Waiting(Places places, LongFunction<AuditRecord> report, @Nullable AuditChain chain) {
        this.places = places;
        this.report = report;
        this.chain = chain;
    }

    /** @return how many are queued with it */
    int put(Entry entry) {
        unsettled.incrementAndGet();
        var waiting = queued.incrementAndGet();
        entries.add(entry);
        return waiting;
    }

    /** For a record that there was no place for. */
    void shed() {
        dropped.incrementAndGet();
        unreported.incrementAndGet();
    }

    /** A step in which no others take records, so that none pass those that it takes. */
    <T> T inOrder(Supplier<T> step) {
        order.lock();
        try {
            return step.get();
        } finally {
            order.unlock();
        }
    }

    /** The next, linked, behind a report of what was lost meanwhile. They are unsettled until {@link #settle}. */
    List<Entry> take(int most) {
        return inOrder(() -> {
            var batch = new ArrayList<Entry>();
            if (unreported.get() > 0) {
                unsettled.incrementAndGet();
                batch.add(linked(Entry.own(report.apply(unreported.getAndSet(0)))));
            }
            for (var entry = next(batch, most); entry != null; entry = next(batch, most)) {
                batch.add(linked(entry));
            }
            return batch;
        });
    }

    private @Nullable Entry next(List<Entry> batch, int most) {
        var entry = batch.size() < most ? entries.poll() : null;
        if (entry != null) {
            queued.decrementAndGet();
        }
        return entry;
    }

    private Entry linked(Entry entry) {
        return chain == null ? entry : entry.linked(chain.link(entry.record()));
    }

    /** For records that rest, or never will: their places are free, and nobody waits for them any more. */
    void settle(List<Entry> batch) {
        unsettled.addAndGet(-batch.size());
        places.giveBack((int) batch.stream().filter(Entry::placed).count());
        batch.forEach(entry -> entry.kept().run());
    }

    void lost(int records) {
        dropped.addAndGet(records);
        LOG.error("audit dropped={} consequence=\"neither sink nor disk took them before the stop\"", records);
    }

    /** Records that nobody has taken. */
    int queued() {
        return queued.get();
    }

    /** Whether nobody has anything to take. */
    boolean isEmpty() {
        return queued.get() == 0 && unreported.get() == 0;
    }

    /** Whether nothing is queued or in anybody's hands. */
    boolean settled() {
        return unreported.get() == 0 && unsettled.get() == 0;
    }

    /**
     * Whether nobody has anything in their hands but this batch. For who took it and is still in {@link #inOrder}: what is queued
     * only grows meanwhile, and read first it makes the rest too large at most.
     */
    boolean onlyIn(List<Entry> batch) {
        var waiting = queued.get();
        return unsettled.get() - waiting <= batch.size();
    }

    long dropped() {
        return dropped.get();
    }
}
