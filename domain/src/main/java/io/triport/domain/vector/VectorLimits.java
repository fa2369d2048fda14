package io.triport.domain.vector;

/**
 * The bounds of indexes that a deployment may set, each 1 or more.
 *
 * @param vectors of an index
 * @param openIndexes that are held open at a time; each has up to 16 MiB of memory for what it writes
 */
public record VectorLimits(long vectors, int openIndexes) {
    public static final VectorLimits USUAL = new VectorLimits(5_000_000, 16);

    /** Properties of an index that vectors can be searched by (storage contract, section 8.2). */
    public static final int METADATA_FIELDS = 10;

    public VectorLimits {
        if (vectors < 1) {
            throw new IllegalArgumentException("vectors: " + vectors + " (expected: 1 or more)");
        }
        if (openIndexes < 1) {
            throw new IllegalArgumentException("open-indexes: " + openIndexes + " (expected: 1 or more)");
        }
    }
}
