package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** The key of an object: 1 to 1024 bytes of UTF-8, never normalised; {@code ..}, {@code //} and control characters are content. */
public record ObjectKey(Bytes bytes) implements Comparable<ObjectKey> {
    public static final int MOST_BYTES = 1_024;

    /** @throws InvalidInput when it is empty, longer, or not UTF-8 */
    public ObjectKey {
        if (bytes.isEmpty() || bytes.size() > MOST_BYTES) {
            throw new InvalidInput("key", "1..1024 bytes");
        }
        bytes.toUtf8();
    }

    public static ObjectKey of(String text) {
        return new ObjectKey(Bytes.utf8(text));
    }

    public String text() {
        return bytes.toUtf8();
    }

    /** Order by unsigned bytes, which is that of listings. */
    @Override
    public int compareTo(ObjectKey other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
