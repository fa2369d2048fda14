package io.triport.storage.redis;

import io.triport.domain.request.Bytes;
import java.util.Arrays;

/** A part of the order of keys, with the bounds that the server takes. */
record ValueRange(Bytes from, Bytes to) {
    private static final Bytes FIRST = Bytes.utf8("-");
    private static final Bytes LAST = Bytes.utf8("+");
    private static final Bytes INCLUDING = Bytes.utf8("[");
    private static final Bytes EXCLUDING = Bytes.utf8("(");

    /** The keys behind one that begin with the prefix. @param after empty for all */
    static ValueRange of(Bytes prefix, Bytes after) {
        var to = end(prefix);
        if (after.compareTo(prefix) >= 0 && !after.isEmpty()) {
            return new ValueRange(EXCLUDING.concat(after), to);
        }
        return new ValueRange(prefix.isEmpty() ? FIRST : INCLUDING.concat(prefix), to);
    }

    ValueRange behind(Bytes key) {
        return new ValueRange(EXCLUDING.concat(key), to);
    }

    /** Before the least byte string behind all that begin with the prefix. */
    private static Bytes end(Bytes prefix) {
        var bytes = prefix.toByteArray();
        for (var last = bytes.length - 1; last >= 0; last--) {
            if (bytes[last] != (byte) 0xFF) {
                bytes[last]++;
                return EXCLUDING.concat(Bytes.copyOf(Arrays.copyOf(bytes, last + 1)));
            }
        }
        return LAST;
    }
}
