package io.triport.identity.trace;

import java.util.List;

/** What was recorded of a request that is over. @param spans that of the whole request first */
record FinishedTrace(String traceId, List<Span> spans) {
    FinishedTrace {
        spans = List.copyOf(spans);
    }
}
