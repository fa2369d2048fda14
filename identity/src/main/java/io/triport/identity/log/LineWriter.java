package io.triport.identity.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Writes lines on a thread of its own, off those that serve requests. Safe for many threads. */
final class LineWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /*
     * A request has four lines, and a call of the system for each would cost as much as all else that is done for them. So
     * the lines that wait are written at once, and then the thread rests for a moment in which others gather: to wake it
     * for each line costs the thread that has the line more than to write it.
     *
     * The queue is bounded, and whoever finds it full waits: a line is never dropped, and a stream that does not keep up
     * slows the requests down instead of filling the memory.
     */
    private static final int QUEUE = 4_096;
    private static final int BATCH = 512;
    private static final int USUAL_LINE = 256;
    private static final Duration REST = Duration.ofMillis(1);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final LineLayout layout;
    private final LineCounts counts;
    private final PrintStream out;
    private final BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread = Thread.ofPlatform().name("log").daemon().unstarted(this::writeUntilStopped);
    private volatile boolean stopping;

    LineWriter(LineLayout layout, LineCounts counts, PrintStream out) {
        this.layout = layout;
        this.counts = counts;
        this.out = out;
    }

    @Override
    public void start() {
        super.start();
        thread.start();
    }

    /** Returns when all lines are written, or the stream has not taken them for too long. */
    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        stopping = true;
        thread.interrupt();
        try {
            thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        // Made now, since what it is made of may change. Of the thread and its context a line says nothing.
        event.getFormattedMessage();
        counts.count(event.getLevel());
        var interrupted = false;
        try {
            for (var queued = false; !queued && !stopping; ) {
                try {
                    queued = queue.offer(event, GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeUntilStopped() {
        var lines = new StringBuilder(BATCH * USUAL_LINE);
        var batch = new ArrayList<ILoggingEvent>(BATCH);
        while (!stopping) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                // Only stop interrupts; what still waits is written below.
                break;
            }
            queue.drainTo(batch, BATCH - 1);
            write(batch, lines);
            if (queue.size() < BATCH) {
                LockSupport.parkNanos(REST.toNanos());
            }
        }
        while (queue.drainTo(batch, BATCH) > 0) {
            write(batch, lines);
        }
    }

    private void write(List<ILoggingEvent> batch, StringBuilder lines) {
        lines.setLength(0);
        for (var event : batch) {
            try {
                layout.append(event, lines);
            } catch (RuntimeException e) {
                addError("line: cannot be written", e);
            }
        }
        batch.clear();
        var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
