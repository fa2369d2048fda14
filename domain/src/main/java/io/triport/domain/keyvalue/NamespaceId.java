package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;

/** Names a namespace for ever, whatever its title: 32 lower-case hexadecimal digits. */
public record NamespaceId(String text) {
    private static final int BYTES = 16;

    /** @throws StorageFailure.Rejected BAD_REQUEST for any other text */
    public NamespaceId {
        if (!text.matches("[0-9a-f]{32}")) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "namespace id (expected: 32 lower-case hex digits)");
        }
    }

    public static NamespaceId fresh(Randomness randomness) {
        return new NamespaceId(Bytes.copyOf(randomness.bytes(BYTES)).toHex());
    }

    @Override
    public String toString() {
        return text;
    }
}
