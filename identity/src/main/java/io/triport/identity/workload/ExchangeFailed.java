package io.triport.identity.workload;

/** A cloud gave no credential. The message has its code at most, and no part of a token. */
public final class ExchangeFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ExchangeFailed(String message) {
        super(message);
    }

    public ExchangeFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
