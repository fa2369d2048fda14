package io.triport.manager.schedule;

import io.triport.manager.answer.Fields;
import java.util.Locale;

/** What becomes of a run while the job of the one before has not ended. */
enum Overlap {
    /** It is left out. */
    SKIP,
    /** Its job waits. */
    QUEUE;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static Overlap parse(String text) {
        return switch (text) {
            case "skip" -> SKIP;
            case "queue" -> QUEUE;
            default -> throw Fields.invalid("overlap", "skip or queue");
        };
    }
}
