package io.triport.e2e.objectbench;

import io.triport.domain.time.Ticker;
import io.triport.e2e.bench.Load;
import io.triport.e2e.bench.LoadFailed;
import io.triport.e2e.bench.Pace;
import io.triport.e2e.bench.SignedRequests;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows that memory does not grow with the objects that pass, nor with how slowly clients take them. */
final class MemoryBench {
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final int RECEIVE = 64 * 1024;
    private static final int LINES = 8;

    private final Sizes sizes;
    private final PrintStream out;
    private final Path directory;
    private final Endpoint.Key key;
    private final Clock clock;
    private final Ticker ticker;
    private final S3Requests requests;

    MemoryBench(Sizes sizes, PrintStream out, Path directory, Endpoint.Key key, Clock clock, Ticker ticker) {
        this.sizes = sizes;
        this.out = out;
        this.directory = directory;
        this.key = key;
        this.clock = clock;
        this.ticker = ticker;
        this.requests = new S3Requests(clock);
    }

    /**
     * How much passes.
     *
     * @param clients that have begun to take an object and stopped
     * @param heldMib the object's length
     * @param largeMib the length of the object that passes two proxies in both directions
     */
    record Sizes(int clients, int heldMib, int largeMib) {
        static final Sizes FULL = new Sizes(200, 64, 5 * 1024);

        /** Tells nothing but that the benchmark works. */
        static final Sizes TINY = new Sizes(3, 4, 4);
    }

    void run() throws IOException {
        heldClients();
        largeObject();
    }

    private void heldClients() throws IOException {
        try (var program = ObjectProgram.start(
                directory.resolve("held"), "triport", key, Optional.empty(), List.of("-Xmx64m"), ticker)) {
            var endpoint = program.endpoint();
            send(endpoint, requests.one(endpoint, "/bulk/held", sizes.heldMib()));
            send(endpoint, requests.oneRead(endpoint, "/bulk/held", LINES));
            var before = endpoint.residentMiB().orElse(0L);
            var channels = new ArrayList<SocketChannel>();
            try {
                for (var i = 0; i < sizes.clients(); i++) {
                    channels.add(begun(endpoint));
                }
                var during = endpoint.residentMiB().orElse(0L);
                out.printf(
                        "%d clients stopped within a GET of %d MiB, -Xmx64m: %d MiB resident before, %d MiB with them:"
                                + " %d KiB a transfer%n",
                        sizes.clients(),
                        sizes.heldMib(),
                        before,
                        during,
                        Math.max(0, during - before) * 1024 / sizes.clients());
                for (var channel : channels) {
                    finish(channel);
                }
                out.printf(
                        "all of them went on to their last byte, %d MiB resident%n",
                        endpoint.residentMiB().orElse(0L));
            } finally {
                for (var channel : channels) {
                    channel.close();
                }
            }
        }
    }

    /** A client that takes the head and the first bytes, and then no more. */
    private SocketChannel begun(Endpoint endpoint) throws IOException {
        var channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE);
        channel.connect(endpoint.address());
        channel.write(
                StandardCharsets.US_ASCII.encode(new S3Signature(endpoint, clock.instant()).get("/bulk/held", "")));
        var first = ByteBuffer.allocate(RECEIVE / 2);
        while (first.hasRemaining()) {
            if (channel.read(first) < 0) {
                throw new LoadFailed("connection ended");
            }
        }
        var text = StandardCharsets.ISO_8859_1.decode(first.flip()).toString();
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new LoadFailed(text.lines().findFirst().orElse(""));
        }
        return channel;
    }

    /** All of the object but what came first. */
    private void finish(SocketChannel channel) throws IOException {
        var buffer = ByteBuffer.allocateDirect(Work.MIB);
        var left = (long) sizes.heldMib() * Work.MIB - RECEIVE / 2;
        while (left > 0) {
            var count = channel.read(buffer.clear());
            if (count < 0) {
                throw new LoadFailed("connection ended " + left + " bytes before the end");
            }
            left -= count;
        }
    }

    private void largeObject() throws IOException {
        try (var store = ObjectProgram.start(
                directory.resolve("store"), "store", key, Optional.empty(), List.of("-Xmx128m"), ticker)) {
            try (var proxy = ObjectProgram.start(
                    directory.resolve("proxy"),
                    "proxy",
                    key,
                    Optional.of(store.endpoint().address()),
                    List.of("-Xmx128m"),
                    ticker)) {
                var endpoint = proxy.endpoint();
                large("PUT", store, proxy, requests.one(endpoint, "/files/large", sizes.largeMib()));
                large("GET", store, proxy, requests.oneRead(endpoint, "/files/large", 1));
            }
        }
    }

    private void large(String what, ObjectProgram store, ObjectProgram proxy, SignedRequests request) {
        var start = ticker.nanos();
        send(proxy.endpoint(), request);
        out.printf(
                "%s of %d MiB through one proxy to another that keeps it as a file, each -Xmx128m: %.0f s, resident %d"
                        + " and %d MiB%n",
                what,
                sizes.largeMib(),
                (ticker.nanos() - start) / 1e9,
                proxy.endpoint().residentMiB().orElse(0L),
                store.endpoint().residentMiB().orElse(0L));
        out.flush();
    }

    private void send(Endpoint endpoint, SignedRequests signed) {
        var timed = Load.run(endpoint.address(), 1, signed, new Pace.WhenAnswered(), LONGEST, ticker);
        if (!timed.errors().isEmpty()) {
            throw new LoadFailed(timed.errors().getFirst());
        }
    }
}
