package io.triport.domain.identity;

import io.triport.domain.request.Bytes;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys that begin with these bytes. Plain bytes of UTF-8, without case folding or normal forms; empty means every key. */
public record KeyPrefix(Bytes bytes) {
    public static final KeyPrefix EVERY = new KeyPrefix(Bytes.EMPTY);

    private static final int MOST = 1_024;

    public KeyPrefix {
        if (bytes.size() > MOST) {
            throw new io.triport.domain.request.InvalidInput("prefix", "at most 1024 bytes");
        }
    }

    public static KeyPrefix of(String text) {
        return new KeyPrefix(Bytes.utf8(text));
    }

    /** What lies under one of each by whole segments, in the fewest prefixes. */
    static Set<KeyPrefix> common(Set<KeyPrefix> some, Set<KeyPrefix> others) {
        var common = new HashSet<KeyPrefix>();
        for (var one : some) {
            for (var other : others) {
                if (one.coversSegments(other.bytes)) {
                    common.add(other);
                } else if (other.coversSegments(one.bytes)) {
                    common.add(one);
                }
            }
        }
        return common.stream()
                .filter(one ->
                        common.stream().noneMatch(other -> !other.equals(one) && other.coversSegments(one.bytes)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether every key that begins with {@code item} begins with this prefix too. */
    public boolean covers(Bytes item) {
        return item.startsWith(bytes);
    }

    /**
     * Whether the item lies under this prefix by whole segments: it is the prefix, or goes on behind a slash, so that {@code
     * data} says nothing of {@code data-private}.
     */
    public boolean coversSegments(Bytes item) {
        return item.startsWith(bytes)
                && (bytes.isEmpty()
                        || item.size() == bytes.size()
                        || bytes.at(bytes.size() - 1) == '/'
                        || item.at(bytes.size()) == '/');
    }
}
