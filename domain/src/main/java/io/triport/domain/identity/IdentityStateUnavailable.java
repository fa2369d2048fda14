package io.triport.domain.identity;

/** A store of identity's own state does not answer. Whoever depends on it must refuse. */
public final class IdentityStateUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IdentityStateUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
