package io.triport.domain.vector;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.failure.StorageFailure;

/** What to list. @param limit ids wanted at most, 1..1000 */
public record VectorListing(Start start, int limit) {
    private static final int MOST = 1_000;

    /** Where a listing starts. */
    public sealed interface Start {
        Start BEGINNING = new Beginning();

        /** At the first id. */
        record Beginning() implements Start {}

        /** Where the listing that gave this cursor stopped. */
        record At(Cursor cursor) implements Start {}
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for a limit outside of 1..1000 */
    public VectorListing {
        if (limit < 1 || limit > MOST) {
            throw VectorText.bad("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
    }

    public static VectorListing first(int limit) {
        return new VectorListing(Start.BEGINNING, limit);
    }

    public VectorListing at(Cursor cursor) {
        return new VectorListing(new Start.At(cursor), limit);
    }
}
