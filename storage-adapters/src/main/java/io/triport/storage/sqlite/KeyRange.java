package io.triport.storage.sqlite;

import io.triport.domain.request.Bytes;
import java.util.Arrays;
import java.util.Optional;

/** Keys from one byte string on, before another. */
record KeyRange(Bytes from, Bytes to) {
    private static final int ABOVE_EVERY_KEY = 513;

    /** The keys with a prefix that are greater than another key. */
    static KeyRange of(Bytes prefix, Bytes after) {
        var next = after.isEmpty() ? Bytes.EMPTY : after.concat(Bytes.copyOf(new byte[1]));
        return new KeyRange(
                next.compareTo(prefix) > 0 ? next : prefix, after(prefix).orElseGet(KeyRange::aboveEveryKey));
    }

    /** The least byte string that is greater than all with the prefix; empty where there is none. */
    static Optional<Bytes> after(Bytes prefix) {
        var bytes = prefix.toByteArray();
        for (var i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xFF) {
                bytes[i]++;
                return Optional.of(Bytes.copyOf(Arrays.copyOf(bytes, i + 1)));
            }
        }
        return Optional.empty();
    }

    private static Bytes aboveEveryKey() {
        var highest = new byte[ABOVE_EVERY_KEY];
        Arrays.fill(highest, (byte) 0xFF);
        return Bytes.copyOf(highest);
    }
}
