package io.triport.domain.table;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;

/**
 * JSON as it is kept and handed on, or nothing. Whether it is JSON is for who writes it to know.
 *
 * @param text 0 to 1,048,576 characters; empty for nothing
 */
public record JsonText(String text) {
    public static final JsonText NONE = new JsonText("");

    private static final int MOST = 1_048_576;

    /** @throws StorageFailure.LimitExceeded TOO_LARGE above the bound */
    public JsonText {
        if (text.length() > MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "json: " + text.length() + " characters (expected: at most " + MOST + ")");
        }
    }

    public boolean isNone() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
