package io.triport.identity.edge;

/** What the edge refuses before, or apart from, identity. Each app has its own code and body for each. */
public enum EdgeFault {
    /** Framing or syntax that two parsers could read differently. */
    MALFORMED(400),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    TIMEOUT(408),
    BODY_TOO_LARGE(413),
    TARGET_TOO_LONG(414),
    EXPECTATION_FAILED(417),
    RATE_LIMITED(429),
    HEADERS_TOO_LARGE(431),
    OVERLOADED(503),
    FAILED(500);

    private final int status;

    EdgeFault(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
