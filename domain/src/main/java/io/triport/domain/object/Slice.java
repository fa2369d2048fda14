package io.triport.domain.object;

/** Bytes of an object: where they begin and how many. */
public record Slice(long offset, long length) {
    public Slice {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("slice: " + offset + "+" + length + " (expected: 0 or more)");
        }
    }
}
