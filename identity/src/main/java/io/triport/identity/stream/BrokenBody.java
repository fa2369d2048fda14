package io.triport.identity.stream;

/** The client's body ended before its end: it went away, was too slow, or was not what its head had promised. */
public final class BrokenBody extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenBody(String message) {
        super(message);
    }
}
