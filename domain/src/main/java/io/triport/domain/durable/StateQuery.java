package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/**
 * Which entries of a state.
 *
 * @param prefix that their keys begin with
 * @param after the bytes of the key after which to begin; empty for the first
 * @param limit 1..1000
 */
public record StateQuery(Bytes prefix, Bytes after, int limit) {
    /** @throws InvalidInput for a limit outside 1..1000 */
    public StateQuery {
        if (limit < 1 || limit > ObjectState.MOST_LISTED) {
            throw new InvalidInput("limit", "1.." + ObjectState.MOST_LISTED);
        }
    }

    public static StateQuery all() {
        return of("");
    }

    public static StateQuery of(String prefix) {
        return new StateQuery(Bytes.utf8(prefix), Bytes.EMPTY, ObjectState.MOST_LISTED);
    }

    public StateQuery after(StateKey key) {
        return new StateQuery(prefix, key.bytes(), limit);
    }

    public StateQuery limitedTo(int other) {
        return new StateQuery(prefix, after, other);
    }

    /** Whether a key is one that is asked for, however many there are. */
    public boolean matches(StateKey key) {
        return key.bytes().startsWith(prefix) && (after.isEmpty() || key.bytes().compareTo(after) > 0);
    }
}
