package io.triport.storage.guard;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.HashMap;
import java.util.Map;

/** The writes of one call, or of one unit, which commits as one. For one thread. */
final class Writes {
    private final LastWrites last;
    private final Map<LastWrites.Name, LastWrites.Mark> taken = new HashMap<>();

    Writes(LastWrites last) {
        this.last = last;
    }

    /** What came of asking for a key. */
    enum Taken {
        NOW,
        /** By an earlier write of the same unit. */
        BEFORE,
        TOO_SOON
    }

    Taken take(LastWrites.Name name) {
        if (taken.containsKey(name)) {
            return Taken.BEFORE;
        }
        var mark = last.take(name);
        mark.ifPresent(mine -> taken.put(name, mine));
        return mark.isPresent() ? Taken.NOW : Taken.TOO_SOON;
    }

    /** @throws StorageFailure.LimitExceeded THROTTLED */
    Taken require(LastWrites.Name name) {
        var outcome = take(name);
        if (outcome == Taken.TOO_SOON) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.THROTTLED, "write: too soon after the one before (expected: the key to rest)");
        }
        return outcome;
    }

    void giveBack(LastWrites.Name name) {
        var mark = taken.remove(name);
        if (mark != null) {
            last.giveBack(name, mark);
        }
    }

    void giveAllBack() {
        taken.forEach(last::giveBack);
        taken.clear();
    }
}
