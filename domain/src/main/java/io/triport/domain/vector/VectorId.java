package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;

/** Names a vector in its index: 1 to 64 bytes of UTF-8, ordered by unsigned bytes. */
public record VectorId(Bytes bytes) implements Comparable<VectorId> {
    private static final int MOST = 64;

    /**
     * @throws StorageFailure.LimitExceeded KEY_TOO_LONG above 64 bytes
     * @throws StorageFailure.Rejected BAD_REQUEST when empty or not UTF-8
     */
    public VectorId {
        if (bytes.size() > MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.KEY_TOO_LONG, "id: " + bytes.size() + " bytes (expected: 1.." + MOST + ")");
        }
        if (VectorText.text(bytes).isEmpty()) {
            throw VectorText.bad("id: empty (expected: 1.." + MOST + " bytes)");
        }
    }

    public static VectorId of(String text) {
        return new VectorId(VectorText.utf8(text));
    }

    public String text() {
        return VectorText.text(bytes);
    }

    @Override
    public int compareTo(VectorId other) {
        return bytes.compareTo(other.bytes);
    }

    /** The size alone: names are for DEBUG. */
    @Override
    public String toString() {
        return "VectorId[" + bytes.size() + " bytes]";
    }
}
