package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/**
 * The name of an entry in its namespace: 1 to 512 bytes of UTF-8, neither {@code .} nor {@code ..}; any other character is
 * allowed. Ordered by unsigned bytes, which is not the order of {@link String}.
 */
public record KvKey(Bytes bytes) implements Comparable<KvKey> {
    /**
     * @throws StorageFailure.LimitExceeded KEY_TOO_LONG above 512 bytes
     * @throws StorageFailure.Rejected BAD_REQUEST when empty, {@code .}, {@code ..} or not UTF-8
     */
    public KvKey {
        if (bytes.size() > KvLimits.KEY_BYTES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.KEY_TOO_LONG,
                    "key: " + bytes.size() + " bytes (expected: 1.." + KvLimits.KEY_BYTES + ")");
        }
        var text = text(bytes);
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST,
                    "key: empty, . or .. (expected: another text of 1.." + KvLimits.KEY_BYTES + " bytes)");
        }
    }

    public static KvKey of(String text) {
        return new KvKey(utf8(text));
    }

    public String text() {
        return text(bytes);
    }

    @Override
    public int compareTo(KvKey other) {
        return bytes.compareTo(other.bytes);
    }

    /** The size alone: key names are for DEBUG. */
    @Override
    public String toString() {
        return "KvKey[" + bytes.size() + " bytes]";
    }

    static Bytes utf8(String text) {
        try {
            return Bytes.utf8(text);
        } catch (InvalidInput e) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, e.getMessage() == null ? "text" : e.getMessage());
        }
    }

    private static String text(Bytes bytes) {
        try {
            return bytes.toUtf8();
        } catch (InvalidInput e) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "key: not UTF-8 (expected: UTF-8)");
        }
    }
}
