package io.triport.domain.identity;

import io.triport.domain.request.Bytes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Keys that begin with these bytes. Plain bytes of UTF-8, without case folding or normal forms; empty means every key.
 *
 * @param alone whether the bytes are a key, and it is this one and no other
 */
public record KeyPrefix(Bytes bytes, boolean alone) {
    public static final KeyPrefix EVERY = new KeyPrefix(Bytes.EMPTY);

    private static final int MOST = 1_024;

    public KeyPrefix {
        if (bytes.size() > MOST) {
            throw new io.triport.domain.request.InvalidInput("prefix", "at most 1024 bytes");
        }
    }

    public KeyPrefix(Bytes bytes) {
        this(bytes, false);
    }

    public static KeyPrefix of(String text) {
        return new KeyPrefix(Bytes.utf8(text));
    }

    /** One key and no other. */
    public static KeyPrefix only(String key) {
        return new KeyPrefix(Bytes.utf8(key), true);
    }

    /** What lies under one of each, in the fewest prefixes. @param covers whether what begins with the bytes lies under the prefix */
    static Set<KeyPrefix> common(Set<KeyPrefix> some, Set<KeyPrefix> others, BiPredicate<KeyPrefix, Bytes> covers) {
        var common = new HashSet<KeyPrefix>();
        for (var one : some) {
            for (var other : others) {
                if (one.holds(other, covers)) {
                    common.add(other);
                } else if (other.holds(one, covers)) {
                    common.add(one);
                }
            }
        }
        return common.stream()
                .filter(one -> common.stream().noneMatch(other -> !other.equals(one) && other.holds(one, covers)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** One key has nothing below it, be it called as a prefix is. */
    private boolean holds(KeyPrefix other, BiPredicate<KeyPrefix, Bytes> covers) {
        return (!alone || other.alone) && covers.test(this, other.bytes);
    }

    /** What lies under one of each by whole segments, in the fewest prefixes. */
    public static Set<KeyPrefix> commonSegments(Set<KeyPrefix> some, Set<KeyPrefix> others) {
        return common(some, others, KeyPrefix::coversSegments);
    }

    /** The keys that begin with one of these and with this, in the fewest prefixes, in byte order. */
    public List<KeyPrefix> within(Set<KeyPrefix> permitted) {
        return common(Set.of(this), permitted, KeyPrefix::covers).stream()
                .sorted(Comparator.comparing(KeyPrefix::bytes))
                .toList();
    }

    /** Whether every key that begins with {@code item} begins with this prefix too. */
    public boolean covers(Bytes item) {
        return alone ? item.equals(bytes) : item.startsWith(bytes);
    }

    /**
     * Whether the item lies under this prefix by whole segments: it is the prefix, or goes on behind a slash, so that {@code
     * data} says nothing of {@code data-private}.
     */
    public boolean coversSegments(Bytes item) {
        return covers(item)
                && (bytes.isEmpty()
                        || item.size() == bytes.size()
                        || bytes.at(bytes.size() - 1) == '/'
                        || item.at(bytes.size()) == '/');
    }
}
