package io.triport.e2e.planted.rule13.closed;

/** Allowed: each of these is closed. */
public sealed class Closed permits Closed.Only {
    public static final int MOST = 5;

    private final int count;

    Closed(int count) {
        this.count = Math.min(count, MOST);
    }

    int count() {
        return count;
    }

    static final class Only extends Closed {
        Only() {
            super(1);
        }
    }
}
