package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.FailureCode;
import io.triport.domain.storage.StorageFailure;

/** What people call an object within its class: 1 to 1024 bytes of UTF-8. */
public record ObjectName(Bytes bytes) {
    private static final int MOST = 1_024;

    /**
     * @throws StorageFailure.LimitExceeded KEY_TOO_LONG above 1024 bytes
     * @throws StorageFailure.Rejected BAD_REQUEST when empty or not UTF-8
     */
    public ObjectName {
        if (bytes.size() > MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.KEY_TOO_LONG, "name: " + bytes.size() + " bytes (expected: 1.." + MOST + ")");
        }
        if (bytes.isEmpty() || !isUtf8(bytes)) {
            throw malformed();
        }
    }

    /** @throws StorageFailure as above, a lone surrogate being no UTF-8 */
    public static ObjectName of(String text) {
        try {
            return new ObjectName(Bytes.utf8(text));
        } catch (InvalidInput e) {
            throw malformed();
        }
    }

    public String text() {
        return bytes.toUtf8();
    }

    /** The size alone: names are a client's. */
    @Override
    public String toString() {
        return "ObjectName[" + bytes.size() + " bytes]";
    }

    private static boolean isUtf8(Bytes bytes) {
        try {
            return bytes.toUtf8().length() > 0;
        } catch (InvalidInput e) {
            return false;
        }
    }

    private static StorageFailure.Rejected malformed() {
        return new StorageFailure.Rejected(
                FailureCode.BAD_REQUEST, "name: empty or not UTF-8 (expected: 1.." + MOST + " bytes of UTF-8)");
    }
}
