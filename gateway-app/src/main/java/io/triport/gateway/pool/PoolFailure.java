package io.triport.gateway.pool;

import java.util.Locale;

/** Why an attempt came to no answer. */
public enum PoolFailure {
    /** No connection could be made: refused, unreachable, unknown, or too late. */
    CONNECT,
    /** The TLS handshake failed, or the certificate is not one to trust. */
    TLS,
    /** All connections are in use, and as many requests wait as may. */
    EXHAUSTED,
    /** The connection ended before the answer began. */
    RESET,
    /** The connection ended within the answer. */
    BROKEN,
    /** What came is no HTTP. */
    PROTOCOL,
    /** The answer, or a piece of it, did not come in time. */
    TIMEOUT;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
