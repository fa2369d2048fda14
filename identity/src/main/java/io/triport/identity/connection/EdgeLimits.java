package io.triport.identity.connection;

import io.triport.domain.request.ByteSize;
import java.time.Duration;

/** What one connection, one address and all together may ask of a server before any app code runs. */
public record EdgeLimits(
        Head head, Body body, Patience patience, Pace pace, Connections connections, Work work, Streams streams) {
    /** With the streams of HTTP/2 that there usually are. */
    public EdgeLimits(Head head, Body body, Patience patience, Pace pace, Connections connections, Work work) {
        this(head, body, patience, pace, connections, work, Streams.DEFAULTS);
    }

    /** The defaults for an app that collects bodies of at most this size. */
    public static EdgeLimits collecting(ByteSize bodyLimit) {
        return new EdgeLimits(
                Head.DEFAULTS,
                Body.DEFAULTS,
                Patience.DEFAULTS,
                Pace.collecting(bodyLimit),
                Connections.DEFAULTS,
                Work.DEFAULTS);
    }

    public EdgeLimits with(Head other) {
        return new EdgeLimits(other, body, patience, pace, connections, work, streams);
    }

    public EdgeLimits with(Work other) {
        return new EdgeLimits(head, body, patience, pace, connections, other, streams);
    }

    /**
     * @param requestLine bytes of the request line with its line end, 64 B..64 KiB
     * @param section bytes of all header fields with their line ends, 1 KiB..256 KiB
     * @param fields header fields, 1..1000
     * @param parameters query parameters, 1..10000
     */
    public record Head(ByteSize requestLine, ByteSize section, int fields, int parameters) {
        static final int LONGEST_LINE = 65_536;
        static final int LONGEST_SECTION = 262_144;
        static final Head DEFAULTS = new Head(ByteSize.ofKiB(8), ByteSize.ofKiB(32), 100, 200);

        public Head {
            within("request-line", requestLine.bytes(), 64, LONGEST_LINE);
            within("header-section", section.bytes(), 1024, LONGEST_SECTION);
            within("header-fields", fields, 1, 1000);
            within("query-parameters", parameters, 1, 10_000);
        }

        public Head with(ByteSize otherRequestLine) {
            return new Head(otherRequestLine, section, fields, parameters);
        }
    }

    /**
     * @param declared the largest Content-Length that is even looked at; what a route takes is for the app to say
     * @param extension bytes of the extensions of one chunk, 0..4 KiB
     * @param trailers bytes of all trailer fields, 0..64 KiB
     * @param streamed a body above this counts as a stream: it is bounded by connections and not by places
     * @param held of a hundred parts of the heap, those that all bodies being held may take together, 1..75
     */
    public record Body(ByteSize declared, ByteSize extension, ByteSize trailers, ByteSize streamed, int held) {
        // Above the largest single upload of any app (5 GiB) with room for its chunk signatures.
        static final Body DEFAULTS =
                new Body(ByteSize.ofMiB(8192), ByteSize.ofBytes(256), ByteSize.ofKiB(8), ByteSize.ofKiB(256), 25);

        public Body {
            within("chunk-extension", extension.bytes(), 0, 4096);
            within("trailers", trailers.bytes(), 0, 65_536);
            within("held-bodies", held, 1, 75);
        }
    }

    /**
     * @param firstByte from accept to the first byte of the first request
     * @param head from the first byte of a request to the end of its head
     * @param keepAlive between two requests
     * @param stalledReply without a byte of the reply taken by the client
     */
    public record Patience(Duration firstByte, Duration head, Duration keepAlive, Duration stalledReply) {
        static final Patience DEFAULTS = new Patience(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));

        public Patience {
            within("first-byte", firstByte);
            within("head", head);
            within("keep-alive", keepAlive);
            within("stalled-reply", stalledReply);
        }
    }

    /**
     * How fast a body has to come. Only time spent waiting for the client counts, not time in which the app reads nothing.
     *
     * @param whole for the whole body
     * @param idle between two pieces
     * @param perSecond the least average rate, 1 B..1 MiB
     * @param grace before the rate is looked at
     */
    public record Pace(Duration whole, Duration idle, ByteSize perSecond, Duration grace) {
        private static final Duration BASE = Duration.ofSeconds(30);
        private static final long BYTES_PER_SECOND_OF_WHOLE = 65_536;

        public Pace {
            within("body-whole", whole);
            within("body-idle", idle);
            within("body-rate", perSecond.bytes(), 1, 1 << 20);
            within("body-rate-grace", grace);
        }

        /** 30 s and 1 s more for each 64 KiB that a body may have; 15 s between bytes; 240 B/s after 10 s. */
        public static Pace collecting(ByteSize limit) {
            var whole = BASE.plusSeconds(Math.ceilDiv(limit.bytes(), BYTES_PER_SECOND_OF_WHOLE));
            return new Pace(whole, Duration.ofSeconds(15), ByteSize.ofBytes(240), Duration.ofSeconds(10));
        }
    }

    /**
     * @param total open connections of the listener, 1..1000000
     * @param perAddress open connections of one IPv4 address or one IPv6 /64, 1..total
     * @param requests answered on one connection before it is closed, 1..1000000
     */
    public record Connections(int total, int perAddress, int requests) {
        static final Connections DEFAULTS = new Connections(10_000, 256, 1000);

        public Connections {
            within("connections", total, 1, 1_000_000);
            within("connections-per-address", perAddress, 1, total);
            within("requests-per-connection", requests, 1, 1_000_000);
        }
    }

    /**
     * @param start places at start, least..most
     * @param least places that overload never takes away, 1..100000
     * @param most places at the best of times, least..100000
     * @param queueAge how long a request may wait for a place, 1 ms..1 s
     */
    public record Work(int start, int least, int most, Duration queueAge) {
        static final Work DEFAULTS = new Work(64, 8, 1024, Duration.ofMillis(50));

        public Work {
            within("places-least", least, 1, 100_000);
            within("places-most", most, least, 100_000);
            within("places-start", start, least, most);
            within("queue-age-milliseconds", queueAge.toMillis(), 1, 1000);
        }
    }

    /**
     * One connection of HTTP/2.
     *
     * @param most streams at once, 1..1000
     * @param window bytes on their way to us on a stream, 16 KiB..16 MiB
     * @param connectionWindow the same on all streams together, 64 KiB..256 MiB
     * @param resets of either side in the time before the connection is ended, 1..100000
     * @param resetsIn that time, in whole seconds, 1 s..10 min
     */
    public record Streams(int most, ByteSize window, ByteSize connectionWindow, int resets, Duration resetsIn) {
        public static final Streams DEFAULTS =
                new Streams(100, ByteSize.ofKiB(64), ByteSize.ofMiB(1), 200, Duration.ofSeconds(10));

        public Streams {
            within("streams", most, 1, 1_000);
            within("stream-window", window.bytes(), 16_384, 16_777_216);
            within("connection-window", connectionWindow.bytes(), 65_536, 268_435_456);
            within("resets", resets, 1, 100_000);
            within("resets-seconds", resetsIn.toSeconds(), 1, 600);
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }

    private static void within(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: PT0.001S..PT168H)");
        }
    }
}
