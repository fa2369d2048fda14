package io.triport.identity.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The spans of one request. Safe for many threads, though mostly one at a time tells of it. */
public sealed interface RequestTrace {
    /** The span of the request as a whole, which is open from the start. */
    int WHOLE = 0;

    /** Whether there is anything to be told. */
    boolean recorded();

    /** Opens a span within that of the request. @param target what it is with; mostly empty. @return its number */
    int begin(Stage stage, String target);

    /** Ends a span, once. @param outcome no word of a client's */
    void end(int span, String outcome);

    /** A call of storage that has just ended, as a span within that of the request. */
    void called(Call call);

    /** The {@code traceparent} of what is done within the span; empty where nothing is recorded. */
    String context(int span);

    /** The request is over, and with it what is still open. What comes later is not told. */
    void over(Ending ending);

    /** How a request ended. */
    record Ending(Fate fate, List<Attribute> about) {
        private static final int SERVER_ERROR = 500;

        public Ending {
            about = List.copyOf(about);
        }

        /** That of a request which was answered with a status. */
        public static Ending answered(int status, List<Attribute> about) {
            return new Ending(status >= SERVER_ERROR ? Fate.BROKEN : Fate.FINE, about);
        }
    }

    /** A call of storage. @param name of its span */
    record Call(String name, Duration took, Fate fate, List<Attribute> about) {
        public Call {
            about = List.copyOf(about);
        }
    }

    /** Nothing is recorded. */
    record Untraced() implements RequestTrace {
        @Override
        public boolean recorded() {
            return false;
        }

        @Override
        public int begin(Stage stage, String target) {
            return WHOLE;
        }

        @Override
        public void end(int span, String outcome) {
            // There is none.
        }

        @Override
        public void called(Call call) {
            // Nobody wants to know.
        }

        @Override
        public String context(int span) {
            return "";
        }

        @Override
        public void over(Ending ending) {
            // Nothing is to be told.
        }
    }

    /** All is recorded, and given to the exporter at its end. Its monitor guards the spans. */
    final class Traced implements RequestTrace {
        /** Work of the system may call storage for hours, and each span waits in memory until the end. */
        private static final int MOST_CALLS = 100;

        private final List<Span> spans = new ArrayList<>();
        private final Recorder recorder;
        private final TraceParent parent;
        private long calls;
        private boolean over;

        Traced(Recorder recorder, TraceParent parent, Stage whole) {
            this.recorder = recorder;
            this.parent = parent;
            begin(whole, "");
        }

        @Override
        public boolean recorded() {
            return true;
        }

        @Override
        public synchronized int begin(Stage stage, String target) {
            var about = target.isEmpty() ? List.<Attribute>of() : List.of(Attribute.of("triport.target", target));
            spans.add(span(stage, stage.label(), recorder.now(), about));
            return spans.size() - 1;
        }

        @Override
        public void end(int span, String outcome) {
            end(span, List.of(Attribute.outcome(outcome)));
        }

        synchronized void end(int span, List<Attribute> about) {
            if (!over) {
                spans.get(span).end(recorder.now(), Fate.FINE, about);
            }
        }

        @Override
        public synchronized void called(Call call) {
            if (over) {
                return;
            }
            calls++;
            if (calls <= MOST_CALLS) {
                var now = recorder.now();
                var span = span(Stage.STORAGE, call.name(), now - call.took().toNanos(), call.about());
                span.end(now, call.fate(), List.of());
                spans.add(span);
            }
        }

        private Span span(Stage stage, String name, long start, List<Attribute> about) {
            var within = spans.isEmpty() ? parent.spanId() : spans.getFirst().id();
            return new Span(stage, name, recorder.spanId(), within, start, about);
        }

        @Override
        public synchronized String context(int span) {
            return new TraceParent(parent.traceId(), spans.get(span).id(), true).text();
        }

        @Override
        public void over(Ending ending) {
            FinishedTrace finished;
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
                finished = finished(ending);
            }
            recorder.done(finished);
        }

        private FinishedTrace finished(Ending ending) {
            var now = recorder.now();
            var about = new ArrayList<>(ending.about());
            if (calls > MOST_CALLS) {
                about.add(Attribute.of("triport.calls_left_out", calls - MOST_CALLS));
            }
            spans.getFirst().end(now, ending.fate(), about);
            spans.forEach(span -> span.end(now, Fate.FINE, List.of(Attribute.outcome("unfinished"))));
            return new FinishedTrace(parent.traceId(), spans);
        }
    }
}
