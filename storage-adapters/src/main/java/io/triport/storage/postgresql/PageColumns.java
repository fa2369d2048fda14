package io.triport.storage.postgresql;

import io.triport.domain.request.Bytes;
import io.triport.storage.durable.StateChanges;

/** Pages of a commit as parameters of its statement. */
record PageColumns(StateChanges changes) {
    /** The number beyond which none is kept that is not put. */
    int kept() {
        if (changes.before() == StateChanges.Before.GOES) {
            return 0;
        }
        return changes.pages().none() ? Integer.MAX_VALUE : changes.pages().after();
    }

    Long[] numbers() {
        return changes.pages().written().keySet().stream()
                .map(Integer::longValue)
                .toArray(Long[]::new);
    }

    byte[][] bytes() {
        return changes.pages().written().values().stream()
                .map(Bytes::toByteArray)
                .toArray(byte[][]::new);
    }
}
