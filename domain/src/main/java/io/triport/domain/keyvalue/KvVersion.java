package io.triport.domain.keyvalue;

/** Tells writes of one key apart: grows with every write, also over delete and recreate. 0 where nothing is stored. */
public record KvVersion(long number) implements Comparable<KvVersion> {
    public static final KvVersion NONE = new KvVersion(0);

    public KvVersion {
        if (number < 0) {
            throw new IllegalArgumentException("version: " + number + " (expected: 0 or more)");
        }
    }

    @Override
    public int compareTo(KvVersion other) {
        return Long.compare(number, other.number);
    }
}
