package io.triport.domain.keyvalue;

import io.triport.domain.cursor.Cursor;

/** Where a listing starts. */
public sealed interface KvStart {
    KvStart BEGINNING = new Beginning();

    /** At the first key. */
    record Beginning() implements KvStart {}

    /** Strictly after a key, which need not exist. */
    record After(KvKey key) implements KvStart {}

    /** Where the listing that gave this cursor stopped. */
    record At(Cursor cursor) implements KvStart {}
}
