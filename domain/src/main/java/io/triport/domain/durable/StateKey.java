package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** The name of an entry in an object's state: 1 to 2048 bytes, ordered as unsigned ones. */
public record StateKey(Bytes bytes) implements Comparable<StateKey> {
    private static final int MOST = 2_048;

    /** @throws InvalidInput when empty or above 2048 bytes */
    public StateKey {
        if (bytes.isEmpty() || bytes.size() > MOST) {
            throw new InvalidInput("key", "1.." + MOST + " bytes");
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
