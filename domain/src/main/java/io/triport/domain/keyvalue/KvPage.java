package io.triport.domain.keyvalue;

import io.triport.domain.cursor.Cursor;
import java.util.List;

/** A part of a listing, in the order of the keys' bytes. May be empty and still not be the last. */
public sealed interface KvPage {
    List<KvListed> keys();

    /** Nothing follows. */
    record Last(List<KvListed> keys) implements KvPage {
        public Last {
            keys = List.copyOf(keys);
        }
    }

    /** The listing goes on at the cursor. */
    record More(List<KvListed> keys, Cursor next) implements KvPage {
        public More {
            keys = List.copyOf(keys);
        }
    }
}
