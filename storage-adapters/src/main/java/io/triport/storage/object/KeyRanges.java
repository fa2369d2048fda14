package io.triport.storage.object;

import io.triport.domain.object.ObjectKey;
import io.triport.domain.request.Bytes;
import java.util.Arrays;

/** Places between keys, in the order of their bytes. */
final class KeyRanges {
    private static final Bytes LEAST = Bytes.copyOf(new byte[1]);
    private static final Bytes ABOVE_EVERY_KEY = aboveEveryKey();

    private KeyRanges() {}

    /** The least byte string that is greater than this one. */
    static Bytes after(Bytes key) {
        return key.concat(LEAST);
    }

    /** The least byte string that is greater than all that begin with the prefix. */
    static Bytes behind(Bytes prefix) {
        var bytes = prefix.toByteArray();
        for (var i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xFF) {
                bytes[i]++;
                return Bytes.copyOf(Arrays.copyOf(bytes, i + 1));
            }
        }
        return ABOVE_EVERY_KEY;
    }

    static Bytes later(Bytes one, Bytes other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** What the keys with the prefix that this one belongs to have in common, with the delimiter; empty for none. */
    static Bytes commonPrefix(Bytes key, Bytes prefix, Bytes delimiter) {
        for (var at = prefix.size(); !delimiter.isEmpty() && at <= key.size() - delimiter.size(); at++) {
            if (key.at(at) == delimiter.at(0)
                    && key.slice(at, at + delimiter.size()).equals(delimiter)) {
                return key.slice(0, at + delimiter.size());
            }
        }
        return Bytes.EMPTY;
    }

    private static Bytes aboveEveryKey() {
        var highest = new byte[ObjectKey.MOST_BYTES + 1];
        Arrays.fill(highest, (byte) 0xFF);
        return Bytes.copyOf(highest);
    }
}
