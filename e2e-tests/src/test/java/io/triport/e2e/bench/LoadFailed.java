package io.triport.e2e.bench;

/** The run is void: an answer was not 200, or did not come. */
public final class LoadFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LoadFailed(String message) {
        super(message);
    }

    public LoadFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
