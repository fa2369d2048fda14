package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** How texts of callers become bytes. */
final class VectorText {
    private VectorText() {}

    /** @throws StorageFailure.Rejected BAD_REQUEST for a lone surrogate */
    static Bytes utf8(String text) {
        try {
            return Bytes.utf8(text);
        } catch (InvalidInput e) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "text (expected: Unicode)");
        }
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for what is not UTF-8 */
    static String text(Bytes bytes) {
        try {
            return bytes.toUtf8();
        } catch (InvalidInput e) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "text (expected: UTF-8)");
        }
    }

    static StorageFailure.Rejected bad(String message) {
        return new StorageFailure.Rejected(FailureCode.BAD_REQUEST, message);
    }
}
