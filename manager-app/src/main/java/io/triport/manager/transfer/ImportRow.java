package io.triport.manager.transfer;

import io.triport.domain.keyvalue.KvKey;

/** What stands at one place of a file to be imported. */
public sealed interface ImportRow {
    /** Its place among the items, from 0. */
    long index();

    /** The line on which it begins, from 1. */
    int line();

    /** @param coerced whether its value was no text and is stored as JSON */
    record Valid(long index, int line, TransferItem item, boolean coerced) implements ImportRow {}

    /** An item whose time is over. */
    record Expired(long index, int line, KvKey key) implements ImportRow {}

    /** @param name of the key, as far as it is known; else empty */
    record Invalid(long index, int line, String name, ItemFault fault, String reason) implements ImportRow {}
}
