package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.FailureCode;
import io.triport.domain.storage.StorageFailure;

/** The name of an entry in an object's state: 1 to 2048 bytes, ordered as unsigned ones. */
public record StateKey(Bytes bytes) implements Comparable<StateKey> {
    private static final int MOST = 2_048;

    /**
     * @throws StorageFailure.LimitExceeded KEY_TOO_LONG above 2048 bytes
     * @throws StorageFailure.Rejected BAD_REQUEST when empty
     */
    public StateKey {
        if (bytes.size() > MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.KEY_TOO_LONG, "key: " + bytes.size() + " bytes (expected: 1.." + MOST + ")");
        }
        if (bytes.isEmpty()) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "key: empty (expected: 1.." + MOST + " bytes)");
        }
    }

    public static StateKey of(String text) {
        return new StateKey(Bytes.utf8(text));
    }

    @Override
    public int compareTo(StateKey other) {
        return bytes.compareTo(other.bytes);
    }
}
