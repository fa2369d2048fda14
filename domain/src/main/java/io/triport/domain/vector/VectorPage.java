package io.triport.domain.vector;

import io.triport.domain.cursor.Cursor;
import java.util.List;

/** A part of a listing, in the order of the ids' bytes. May be empty and still not be the last. */
public sealed interface VectorPage {
    List<VectorId> ids();

    /** Nothing follows. */
    record Last(List<VectorId> ids) implements VectorPage {
        public Last {
            ids = List.copyOf(ids);
        }
    }

    /** The listing goes on at the cursor. */
    record More(List<VectorId> ids, Cursor next) implements VectorPage {
        public More {
            ids = List.copyOf(ids);
        }
    }
}
