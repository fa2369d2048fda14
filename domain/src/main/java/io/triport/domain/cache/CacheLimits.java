package io.triport.domain.cache;

import io.triport.domain.request.ByteSize;

/**
 * The bounds of caches that a deployment may set.
 *
 * @param most memory for all responses of all caches together
 * @param largest of one body, at most 512 MiB
 */
public record CacheLimits(ByteSize most, ByteSize largest) {
    private static final ByteSize LARGEST = ByteSize.ofMiB(512);

    public CacheLimits {
        if (largest.bytes() > LARGEST.bytes()) {
            throw new IllegalArgumentException(
                    "largest: " + largest.bytes() + " (expected: at most " + LARGEST.bytes() + ")");
        }
    }
}
