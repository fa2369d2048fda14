package io.triport.identity.launch;

/** The app could not start although its configuration can be read; the message says why in one line. */
final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
