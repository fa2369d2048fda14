package io.triport.gateway.trace;

import java.util.ArrayList;
import java.util.List;

/** The spans of one request. Confined to the event loop of its connection. */
public sealed interface RequestTrace {
    /** The span of the request as a whole, which is open from the start. */
    int WHOLE = 0;

    /** Whether there is anything to be told. */
    boolean recorded();

    /** Opens a span within that of the request. @param about what it is with, such as a target; mostly empty. @return its number */
    int begin(Stage stage, String about);

    /** Ends a span, once. @param outcome no word of a client's */
    void end(int span, String outcome);

    /** The {@code traceparent} of what is done within the span; empty where nothing is recorded. */
    String context(int span);

    /** The request is over, and with it what is still open. */
    void over(Ending ending);

    /** How a request ended. @param route and @param method no word of a client's */
    record Ending(String requestId, String route, String method, int status, String outcome) {}

    /** Nothing is recorded. */
    record Untraced() implements RequestTrace {
        @Override
        public boolean recorded() {
            return false;
        }

        @Override
        public int begin(Stage stage, String about) {
            return WHOLE;
        }

        @Override
        public void end(int span, String outcome) {
            // There is none.
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

    /** All is recorded, and given to the exporter at its end. */
    final class Traced implements RequestTrace {
        private final List<Span> spans = new ArrayList<>();
        private final Recorder recorder;
        private final TraceParent parent;

        Traced(Recorder recorder, TraceParent parent) {
            this.recorder = recorder;
            this.parent = parent;
            begin(Stage.REQUEST, "");
        }

        @Override
        public boolean recorded() {
            return true;
        }

        @Override
        public int begin(Stage stage, String about) {
            var within = spans.isEmpty() ? parent.spanId() : spans.getFirst().id();
            spans.add(new Span(stage, recorder.spanId(), within, recorder.now(), about));
            return spans.size() - 1;
        }

        @Override
        public void end(int span, String outcome) {
            spans.get(span).end(recorder.now(), outcome);
        }

        @Override
        public String context(int span) {
            return new TraceParent(parent.traceId(), spans.get(span).id(), true).text();
        }

        @Override
        public void over(Ending ending) {
            spans.forEach(span -> span.end(recorder.now(), "unfinished"));
            recorder.done(new FinishedTrace(parent.traceId(), spans, ending));
        }
    }
}
