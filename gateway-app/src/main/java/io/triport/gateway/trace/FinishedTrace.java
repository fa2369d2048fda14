package io.triport.gateway.trace;

import java.util.List;

/** What was recorded of a request that is over. @param spans that of the whole request first */
record FinishedTrace(String traceId, List<Span> spans, RequestTrace.Ending ending) {
    FinishedTrace {
        spans = List.copyOf(spans);
    }
}
