package io.triport.manager.transfer;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.time.Randomness;
import java.time.Clock;

/** Puts bodies of imports away, whole and checked, and opens them again. Safe for many threads. */
public final class ImportSpool {
    private static final int SALT_BYTES = 16;

    private final Clock clock;
    private final Randomness randomness;

    public ImportSpool(Clock clock, Randomness randomness) {
        this.clock = clock;
        this.randomness = randomness;
    }

    /**
     * Stores a body, reading it on its way. Nothing is stored when it fails.
     *
     * @param body limited by the caller; owned by this call
     * @throws ImportInvalid where it cannot be read as an import
     */
    public ImportSummary put(ObjectStore bucket, ObjectKey key, Content body) throws InterruptedException {
        try (var checked = new CheckedImport(body, Bytes.copyOf(randomness.bytes(SALT_BYTES)), clock)) {
            var outcome = bucket.put(key, checked, WriteOptions.PLAIN);
            if (outcome instanceof PutOutcome.Stored) {
                return checked.summary();
            }
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "import: not stored: " + outcome);
        }
    }

    /** The items of a body that was put away. @throws StorageFailure.Rejected NOT_FOUND when it is gone */
    public ImportReader open(ObjectStore bucket, ObjectKey key) {
        if (bucket.get(ObjectRef.current(key), ReadOptions.WHOLE) instanceof GetOutcome.Found found) {
            return new ImportReader(new ContentStream(found.content()), clock);
        }
        throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "import: its file is gone");
    }
}
