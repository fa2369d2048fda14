package io.triport.e2e.bench;

/** The run is void: an answer was not 200, or did not come. */
final class LoadFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    LoadFailed(String message) {
        super(message);
    }

    LoadFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
