package io.triport.identity.workload;

/** A cloud gave no credential. The message has its code at most, and no part of a token. */
public final class ExchangeFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    public ExchangeFailed(String message) {
        this(message, "");
    }

    /** @param code what the cloud calls it: letters, digits and dots */
    ExchangeFailed(String message, String code) {
        super(message);
        this.code = code;
    }

    public ExchangeFailed(String message, Throwable cause) {
        super(message, cause);
        this.code = "";
    }

    /** What the cloud calls it; empty where it gave no answer that says so. */
    String code() {
        return code;
    }
}
