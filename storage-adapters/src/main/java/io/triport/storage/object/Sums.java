package io.triport.storage.object;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.ETag;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that is summed up of the bytes of one write while they pass. For one thread. */
final class Sums {
    private final List<ChecksumClaim> claims;
    private final @Nullable ChecksumAlgorithm kept;
    private final Map<ChecksumAlgorithm, RunningSum> running = new EnumMap<>(ChecksumAlgorithm.class);

    /** @param made what is kept though nobody claims it; null for nothing */
    Sums(List<ChecksumClaim> claims, @Nullable ChecksumAlgorithm made) {
        this.claims = claims;
        this.kept = claims.stream()
                .filter(ChecksumClaim::kept)
                .map(ChecksumClaim::algorithm)
                .findFirst()
                .orElse(made);
        running.put(ChecksumAlgorithm.MD5, RunningSum.of(ChecksumAlgorithm.MD5));
        claims.forEach(claim -> running.computeIfAbsent(claim.algorithm(), RunningSum::of));
        if (kept != null) {
            running.computeIfAbsent(kept, RunningSum::of);
        }
    }

    /** Leaves the buffer as it was. */
    void update(ByteBuffer piece) {
        running.values().forEach(sum -> sum.update(piece.duplicate()));
    }

    /** Ends the sums. @return the first that is not as its claim says */
    Optional<ChecksumAlgorithm> mismatch() {
        return claims.stream()
                .filter(claim -> claim.expected()
                        .filter(expected -> !expected.equals(value(claim.algorithm())))
                        .isPresent())
                .map(ChecksumClaim::algorithm)
                .findFirst();
    }

    ETag etag() {
        return new ETag(value(ChecksumAlgorithm.MD5).toHex());
    }

    /** What is kept with the bytes; null for nothing. */
    @Nullable
    Checksum checksum() {
        return kept == null ? null : new Checksum(kept, value(kept), Checksum.Scope.FULL_OBJECT);
    }

    private io.triport.domain.request.Bytes value(ChecksumAlgorithm algorithm) {
        var sum = running.get(algorithm);
        if (sum == null) {
            throw new IllegalStateException("sum: " + algorithm + " (expected: one that was begun)");
        }
        return sum.value();
    }
}
