package io.triport.identity.trace;

import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.otlp.Teller;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides which requests are traced, and brings what is recorded of them to a collector. Safe for many threads. */
public final class Tracing implements AutoCloseable {
    /*
     * Which requests
     *
     * Who called us and records its own part wants ours too, and who says that it does not record wants none: so the flag of a
     * valid traceparent decides. Of the others each n-th is taken, with which no client can reckon.
     */
    private static final RequestTrace NONE = new RequestTrace.Untraced();
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final long WHOLE = 100;
    private static final long NANOS = 1_000_000_000;

    private final @Nullable SpanExporter exporter;
    private final long percent;
    private final Recorder recorder;
    private final Randomness randomness;
    private final AtomicLong seen = new AtomicLong();

    /** @param settings null for off */
    public Tracing(@Nullable TraceSettings settings, Teller teller, Clock clock, Ticker ticker, Randomness randomness) {
        this.exporter = settings == null ? null : new SpanExporter(settings, teller);
        this.percent = settings == null ? 0 : settings.percent();
        this.randomness = randomness;
        this.recorder = new Recording(clock, ticker);
    }

    /** The trace of a request that begins. @param parents its fields {@code traceparent}, asked for where anything is traced */
    public RequestTrace begin(Supplier<List<String>> parents) {
        if (exporter == null) {
            return NONE;
        }
        var given = parents.get();
        if (given.size() == 1 && TraceParent.valid(given.getFirst())) {
            var parent = TraceParent.of(given.getFirst());
            return parent.sampled() ? new RequestTrace.Traced(recorder, parent, Stage.REQUEST) : NONE;
        }
        return fresh(Stage.REQUEST);
    }

    /** The trace of what the app begins by itself. */
    public RequestTrace begin() {
        return exporter == null ? NONE : fresh(Stage.EVENT);
    }

    private RequestTrace fresh(Stage whole) {
        return taken() ? new RequestTrace.Traced(recorder, new TraceParent(hex(TRACE_BYTES), "", true), whole) : NONE;
    }

    private boolean taken() {
        var number = seen.getAndIncrement();
        return (number + 1) * percent / WHOLE > number * percent / WHOLE;
    }

    private String hex(int bytes) {
        return HexFormat.of().formatHex(randomness.bytes(bytes));
    }

    /** Whether any request can have a trace. */
    public boolean on() {
        return exporter != null;
    }

    /** A trace that began and could not be kept. */
    void lost() {
        if (exporter != null) {
            exporter.lost();
        }
    }

    /** Traces that were lost since the start, because the collector did not take them or was too slow. */
    public long dropped() {
        return exporter == null ? 0 : exporter.dropped();
    }

    @Override
    public void close() {
        if (exporter != null) {
            exporter.close();
        }
    }

    private final class Recording implements Recorder {
        private final Ticker ticker;
        private final long offset;

        private Recording(Clock clock, Ticker ticker) {
            var now = clock.instant();
            this.ticker = ticker;
            this.offset = now.getEpochSecond() * NANOS + now.getNano() - ticker.nanos();
        }

        @Override
        public long now() {
            return offset + ticker.nanos();
        }

        @Override
        public String spanId() {
            return hex(SPAN_BYTES);
        }

        @Override
        public void done(FinishedTrace trace) {
            if (exporter != null) {
                exporter.offer(trace);
            }
        }
    }
}
