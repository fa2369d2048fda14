package io.triport.domain.cache;

/**
 * A part of a cache that belongs to one principal, by a text that no other principal has. What a response keeps for everybody lies
 * outside of all parts.
 */
public record CachePart(String text) {
    public CachePart {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("part: empty (expected: somebody's)");
        }
    }
}
