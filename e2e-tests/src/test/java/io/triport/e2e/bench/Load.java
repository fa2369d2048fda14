package io.triport.e2e.bench;

import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/** Sends requests over some connections and times the answers, on the thread that calls: a client with threads would take the server's CPU. */
public final class Load implements AutoCloseable {
    /** A page of a listing takes a peer that reads all keys for it half a minute, beside 31 others. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int SCRATCH = 256 * 1024;
    private static final long SLICE_NANOS = 50_000;

    private final Ticker ticker;
    private final Selector selector;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final Queue<LoadConnection> idle = new ArrayDeque<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);

    private Load(Ticker ticker) throws IOException {
        this.ticker = ticker;
        this.selector = Selector.open();
    }

    /**
     * What came of one load.
     *
     * @param latencies of the answers that are 200, in nanoseconds
     * @param errors the other answers, each as text
     * @param clientCpuNanos what sending and receiving took
     */
    @SuppressWarnings("ArrayRecordComponent") // written to a socket as they are, millions of times
    public record Timed(long[] latencies, List<String> errors, long tookNanos, long clientCpuNanos) {
        public int answers() {
            return latencies.length + errors.size();
        }
    }

    /** @param longest no request is sent after this time. @throws LoadFailed when an answer does not come, or not whole */
    public static Timed run(
            InetSocketAddress address,
            int connections,
            SignedRequests requests,
            Pace pace,
            Duration longest,
            Ticker ticker) {
        try (var load = new Load(ticker)) {
            for (var i = 0; i < connections; i++) {
                load.connections.add(new LoadConnection(address, load.selector));
            }
            load.idle.addAll(load.connections);
            return load.run(requests, pace, longest.toNanos());
        } catch (IOException e) {
            throw new LoadFailed("connection: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
        selector.close();
    }

    private Timed run(SignedRequests requests, Pace pace, long longestNanos) throws IOException {
        var latencies = new long[requests.count()];
        var errors = new ArrayList<String>();
        var succeeded = 0;
        var sent = 0;
        var threads = ManagementFactory.getThreadMXBean();
        var cpu = threads.getCurrentThreadCpuTime();
        var start = ticker.nanos();
        var lastAnswer = start;
        while (true) {
            sent = send(requests, sent, pace, start, start + longestNanos);
            var over = sent == requests.count() || ticker.nanos() - start >= longestNanos;
            if (over && succeeded + errors.size() == sent) {
                break;
            }
            for (var connection : ready(pace)) {
                lastAnswer = ticker.nanos();
                if (connection.succeeded()) {
                    latencies[succeeded++] = lastAnswer - connection.since();
                } else {
                    errors.add(connection.text());
                }
                idle.add(connection);
            }
            if (ticker.nanos() - lastAnswer > PATIENCE.toNanos()) {
                throw new LoadFailed("no answer for " + PATIENCE);
            }
        }
        return new Timed(
                Arrays.copyOf(latencies, succeeded),
                errors,
                ticker.nanos() - start,
                threads.getCurrentThreadCpuTime() - cpu);
    }

    /** Sends what is due as far as connections are free. @return how many have been sent from the beginning */
    private int send(SignedRequests requests, int sent, Pace pace, long start, long end) throws IOException {
        var next = sent;
        var now = ticker.nanos();
        while (next < requests.count() && !idle.isEmpty() && now - end < 0) {
            var due = switch (pace) {
                case Pace.WhenAnswered whenAnswered -> now;
                case Pace.PerSecond perSecond -> start + perSecond.dueNanos(next);
            };
            if (due - now > 0) {
                break;
            }
            idle.remove().send(requests, next++, due);
            now = ticker.nanos();
        }
        return next;
    }

    private List<LoadConnection> ready(Pace pace) throws IOException {
        var ready = new ArrayList<LoadConnection>();
        switch (pace) {
            case Pace.WhenAnswered whenAnswered -> selector.select(key -> answered(key, ready), PATIENCE.toMillis());
            case Pace.PerSecond perSecond -> {
                // The selector waits in whole milliseconds, in which dozens of requests fall due.
                if (selector.selectNow(key -> answered(key, ready)) == 0) {
                    LockSupport.parkNanos(SLICE_NANOS);
                }
            }
        }
        return ready;
    }

    private void answered(SelectionKey key, List<LoadConnection> ready) {
        if (key.attachment() instanceof LoadConnection connection) {
            try {
                if (connection.progress(scratch)) {
                    ready.add(connection);
                }
            } catch (IOException e) {
                throw new LoadFailed("connection: " + e.getMessage(), e);
            }
        }
    }
}
