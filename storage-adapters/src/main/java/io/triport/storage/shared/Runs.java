package io.triport.storage.shared;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Slice;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs of bytes as objects of somebody else's bucket: put once, read in ranges, removed one by one, and nothing more. */
record Runs(Supplier<ObjectStore> store, Bytes prefix) {
    /** @throws StorageFailure where they may not be there; nothing names them then. What the content fails with comes out as it is */
    void put(String name, Content content) {
        var outcome = asked(() -> store.get().put(key(name), content, WriteOptions.PLAIN));
        if (!(outcome instanceof PutOutcome.Stored)) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: its bytes were refused: " + outcome);
        }
    }

    /** The bytes of a slice of a run that is so long. Empty where there is no such run. */
    Optional<Content> get(String name, long size, Slice slice) {
        var range = slice.length() == size
                ? null
                : new ByteRange.Between(slice.offset(), slice.offset() + slice.length() - 1);
        var outcome =
                asked(() -> store.get().get(ObjectRef.current(key(name)), new ReadOptions(range, Conditions.NONE)));
        return switch (outcome) {
            case GetOutcome.Found found -> Optional.of(checked(found, size, slice));
            case GetOutcome.Missing m -> Optional.empty();
            case GetOutcome.Deleted d -> Optional.empty();
            case GetOutcome.RangeRefused refused -> throw length(refused.size(), size);
            case GetOutcome.NotModified n -> throw new IllegalStateException("condition: none, and not modified");
            case GetOutcome.PreconditionFailed p -> throw new IllegalStateException("condition: none, and failed");
        };
    }

    void remove(String name) {
        asked(() -> store.get().delete(List.of(ObjectRef.current(key(name))), Conditions.NONE));
    }

    private static Content checked(GetOutcome.Found found, long size, Slice slice) {
        if (found.info().size() == size && found.slice().equals(slice)) {
            return found.content();
        }
        found.content().close();
        if (found.info().size() != size) {
            throw length(found.info().size(), size);
        }
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: the endpoint does not keep to ranges");
    }

    private static StorageFailure length(long there, long size) {
        return new StorageFailure.Corrupt("object: its run has " + there + " bytes, for one of " + size);
    }

    private ObjectKey key(String name) {
        return new ObjectKey(prefix.concat(Bytes.utf8(name)));
    }

    /**
     * Calls the other side. What it refuses or does not know is nothing that our callers did, and as long as no row names the bytes
     * nothing has happened.
     */
    private static <R> R asked(Supplier<R> call) {
        try {
            return call.get();
        } catch (StorageFailure.AccessDenied e) {
            throw new StorageFailure.Unavailable(FailureCode.BACKEND_AUTHENTICATION, "object: " + e.getMessage(), e);
        } catch (StorageFailure.Rejected e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: " + e.getMessage(), e);
        } catch (StorageFailure.Unavailable e) {
            throw e.code() == FailureCode.OUTCOME_UNKNOWN
                    ? new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: " + e.getMessage(), e)
                    : e;
        }
    }
}
