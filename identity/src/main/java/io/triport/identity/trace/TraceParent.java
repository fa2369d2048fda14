package io.triport.identity.trace;

/** The field {@code traceparent} (W3C Trace Context section 3.2). @param traceId 32 hexadecimal digits. @param spanId 16 of them */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    private static final int LENGTH = 55;
    private static final int TRACE_FROM = 3;
    private static final int TRACE_END = 35;
    private static final int SPAN_FROM = 36;
    private static final int SPAN_END = 52;
    private static final int FLAGS_FROM = 53;
    private static final int SAMPLED = 1;

    /** Whether the value is one that this version of the specification can read. */
    public static boolean valid(String value) {
        if (value.length() < LENGTH
                || value.charAt(2) != '-'
                || value.charAt(TRACE_END) != '-'
                || value.charAt(SPAN_END) != '-') {
            return false;
        }
        var versionZero = value.startsWith("00");
        if (value.startsWith("ff")
                || versionZero && value.length() != LENGTH
                || value.length() > LENGTH && value.charAt(LENGTH) != '-') {
            return false;
        }
        return hex(value, 0, 2)
                && hex(value, TRACE_FROM, TRACE_END)
                && hex(value, SPAN_FROM, SPAN_END)
                && hex(value, FLAGS_FROM, LENGTH)
                && !zeros(value, TRACE_FROM, TRACE_END)
                && !zeros(value, SPAN_FROM, SPAN_END);
    }

    /** @param value that is valid */
    static TraceParent of(String value) {
        return new TraceParent(
                value.substring(TRACE_FROM, TRACE_END),
                value.substring(SPAN_FROM, SPAN_END),
                (Integer.parseInt(value, FLAGS_FROM, LENGTH, 16) & SAMPLED) != 0);
    }

    /** As the field has it. */
    String text() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    private static boolean hex(String value, int from, int end) {
        for (var at = from; at < end; at++) {
            var c = value.charAt(at);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean zeros(String value, int from, int end) {
        for (var at = from; at < end; at++) {
            if (value.charAt(at) != '0') {
                return false;
            }
        }
        return true;
    }
}
