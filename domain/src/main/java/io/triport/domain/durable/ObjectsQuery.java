package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/**
 * Which objects of a class.
 *
 * @param after the bytes of the id after which to begin; empty for the first
 * @param limit 1..1000
 */
public record ObjectsQuery(ObjectClass type, Bytes after, int limit) {
    private static final int MOST = 1_000;

    /** @throws InvalidInput for a limit outside 1..1000 */
    public ObjectsQuery {
        if (limit < 1 || limit > MOST) {
            throw new InvalidInput("limit", "1.." + MOST);
        }
    }

    public static ObjectsQuery first(ObjectClass type, int limit) {
        return new ObjectsQuery(type, Bytes.EMPTY, limit);
    }

    public ObjectsQuery after(ObjectId id) {
        return new ObjectsQuery(type, id.bytes(), limit);
    }
}
