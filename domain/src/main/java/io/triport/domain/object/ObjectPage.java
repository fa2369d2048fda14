package io.triport.domain.object;

import java.util.List;

/** A part of a listing, in the order of the keys' bytes; versions of one key from the newest on. May be short and not the last. */
public sealed interface ObjectPage {
    List<Listed> entries();

    /** Nothing follows. */
    record Last(List<Listed> entries) implements ObjectPage {
        public Last {
            entries = List.copyOf(entries);
        }
    }

    /** @param next where the listing goes on, for {@link ListStart.Resumed} of the same query */
    record More(List<Listed> entries, String next) implements ObjectPage {
        public More {
            entries = List.copyOf(entries);
        }
    }
}
