package io.triport.storage.cloudflare;

/** Ends a unit so that it begins again when something has been done, which must not be waited for within. */
final class Beforehand extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Runnable first;

    Beforehand(Runnable first) {
        super("a unit begins again", null, false, false);
        this.first = first;
    }

    void run() {
        first.run();
    }
}
