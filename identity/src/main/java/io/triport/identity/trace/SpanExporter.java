package io.triport.identity.trace;

import io.triport.identity.otlp.Collector;
import io.triport.identity.otlp.Teller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings traces to a collector. Requests never wait for it: what it cannot bring is dropped and counted. */
final class SpanExporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpanExporter.class);
    private static final int BATCH = 256;

    /** What wakes the thread to see that it ends. */
    private static final FinishedTrace END = new FinishedTrace("", List.of());

    private final Collector collector;
    private final SpanPage page;
    private final BlockingQueue<FinishedTrace> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    SpanExporter(TraceSettings settings, Teller teller) {
        this.collector = new Collector(settings.endpoint(), Collector.Signal.TRACES);
        this.page = new SpanPage(teller);
        this.waiting = new ArrayBlockingQueue<>(settings.queue());
        this.thread = Thread.ofPlatform().name("traces").daemon().start(this::run);
    }

    void offer(FinishedTrace trace) {
        if (!waiting.offer(trace)) {
            dropped.incrementAndGet();
        }
    }

    void lost() {
        dropped.incrementAndGet();
    }

    long dropped() {
        return dropped.get();
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                bring(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody of ours does, so it ends
        }
    }

    private void bring(FinishedTrace first) {
        var batch = new ArrayList<FinishedTrace>();
        batch.add(first);
        waiting.drainTo(batch, BATCH - 1);
        batch.remove(END);
        if (!batch.isEmpty() && !taken(batch)) {
            dropped.addAndGet(batch.size());
        }
    }

    private boolean taken(List<FinishedTrace> batch) {
        try {
            return collector.take(page.of(batch));
        } catch (RuntimeException e) {
            LOG.error("traces dropped, and those behind them are brought", e);
            return false;
        }
    }

    /** Brings what waits, if the collector takes it within one more time of patience. */
    @Override
    public void close() {
        closing = true;
        // Where there is no room for it the thread has something to do, and looks up after that.
        if (!waiting.offer(END)) {
            LOG.debug("traces wait at the stop");
        }
        try {
            thread.join(Collector.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        collector.close();
    }
}
