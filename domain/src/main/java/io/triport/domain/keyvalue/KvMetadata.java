package io.triport.domain.keyvalue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;

/** What a caller keeps beside a value: compact JSON of at most 1024 bytes, or nothing. Whether it is JSON is the wire's to know. */
public record KvMetadata(Bytes json) {
    public static final KvMetadata NONE = new KvMetadata(Bytes.EMPTY);

    /** @throws StorageFailure.LimitExceeded TOO_LARGE above 1024 bytes */
    public KvMetadata {
        if (json.size() > KvLimits.METADATA_BYTES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE,
                    "metadata: " + json.size() + " bytes (expected: at most " + KvLimits.METADATA_BYTES + ")");
        }
    }

    public static KvMetadata of(String json) {
        return new KvMetadata(KvKey.utf8(json));
    }

    public boolean isNone() {
        return json.isEmpty();
    }
}
