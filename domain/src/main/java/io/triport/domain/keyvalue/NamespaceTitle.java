package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;

/** What people call a namespace, and what grants name: 1 to 512 bytes of UTF-8, unique in its engine, may change. */
public record NamespaceTitle(String text) {
    private static final int MOST = 512;

    /** @throws StorageFailure.Rejected BAD_REQUEST outside the bounds or with a lone surrogate */
    public NamespaceTitle {
        var size = KvKey.utf8(text).size();
        if (size < 1 || size > MOST) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "title: " + size + " bytes (expected: 1.." + MOST + ")");
        }
    }

    public Bytes bytes() {
        return Bytes.utf8(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
