package io.triport.domain.vector;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;

/** A part of an index that can be searched alone: a name of at most 64 bytes of UTF-8, or none. Ids are unique across all of them. */
public record VectorNamespace(Bytes bytes) {
    /** Of vectors that name none. */
    public static final VectorNamespace NONE = new VectorNamespace(Bytes.EMPTY);

    private static final int MOST = 64;

    /**
     * @throws StorageFailure.LimitExceeded KEY_TOO_LONG above 64 bytes
     * @throws StorageFailure.Rejected BAD_REQUEST when not UTF-8
     */
    public VectorNamespace {
        if (bytes.size() > MOST) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.KEY_TOO_LONG, "namespace: " + bytes.size() + " bytes (expected: at most " + MOST + ")");
        }
        VectorText.text(bytes);
    }

    public static VectorNamespace of(String text) {
        return new VectorNamespace(VectorText.utf8(text));
    }

    public String text() {
        return VectorText.text(bytes);
    }
}
