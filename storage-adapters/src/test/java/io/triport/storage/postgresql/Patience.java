package io.triport.storage.postgresql;

import java.util.function.BooleanSupplier;

/** Asks again, and waits only as long as each question waits by itself. */
final class Patience {
    /** No test depends on it: it only ends one that would ask for ever. */
    private static final int MOST = 100_000;

    private Patience() {}

    /** Whether the answer became yes. */
    static boolean until(BooleanSupplier question) {
        for (var asked = 0; asked < MOST; asked++) {
            if (question.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }
}
