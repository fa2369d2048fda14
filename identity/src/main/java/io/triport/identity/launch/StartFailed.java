package io.triport.identity.launch;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;

/** The app could not start although its configuration can be read; the message says why in one line. */
final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailed(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether no start with this configuration can succeed, because a store was asked for what it cannot do. */
    boolean misconfigured() {
        for (var cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageFailure failure && failure.code() == FailureCode.UNSUPPORTED) {
                return true;
            }
        }
        return false;
    }
}
