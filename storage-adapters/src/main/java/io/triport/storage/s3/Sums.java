package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.request.Bytes;
import io.triport.storage.object.RunningSum;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checksums that are claimed of a body, made while it passes. For one thread at a time. */
final class Sums {
    private static final Set<ChecksumAlgorithm> KEPT = Set.of(
            ChecksumAlgorithm.CRC32,
            ChecksumAlgorithm.CRC32C,
            ChecksumAlgorithm.CRC64NVME,
            ChecksumAlgorithm.SHA1,
            ChecksumAlgorithm.SHA256);

    private final List<Sum> sums;
    private @Nullable Checksum kept;

    private Sums(List<Sum> sums) {
        this.sums = sums;
    }

    private record Sum(ChecksumClaim claim, RunningSum running) {}

    /** @throws StorageFailure.Rejected UNSUPPORTED for one that S3 does not keep */
    static Sums of(List<ChecksumClaim> claims) {
        for (var claim : claims) {
            if (claim.kept() && !KEPT.contains(claim.algorithm())) {
                throw notKept(claim.algorithm());
            }
        }
        return new Sums(claims.stream()
                .map(claim -> new Sum(claim, RunningSum.of(claim.algorithm())))
                .toList());
    }

    static StorageFailure notKept(ChecksumAlgorithm algorithm) {
        return new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "s3: keeps no " + algorithm);
    }

    /** The field of a request or trailer that carries a checksum. */
    static String field(ChecksumAlgorithm algorithm) {
        return "x-amz-checksum-" + algorithm.name().toLowerCase(Locale.ROOT);
    }

    Optional<ChecksumAlgorithm> keptAlgorithm() {
        return sums.stream()
                .map(Sum::claim)
                .filter(ChecksumClaim::kept)
                .map(ChecksumClaim::algorithm)
                .findFirst();
    }

    void update(ByteBuffer piece) {
        for (var sum : sums) {
            sum.running().update(piece.duplicate());
        }
    }

    /** Behind the last byte: which claim does not hold. */
    Optional<ChecksumAlgorithm> mismatch() {
        Optional<ChecksumAlgorithm> wrong = Optional.empty();
        for (var sum : sums) {
            var value = sum.running().value();
            var claim = sum.claim();
            if (claim.expected().filter(expected -> !same(expected, value)).isPresent()) {
                wrong = Optional.of(claim.algorithm());
            }
            if (claim.kept()) {
                kept = new Checksum(claim.algorithm(), value, Checksum.Scope.FULL_OBJECT);
            }
        }
        return wrong;
    }

    /** The one to be kept; null before the end, and where none is. */
    @Nullable
    Checksum kept() {
        return kept;
    }

    private static boolean same(Bytes one, Bytes other) {
        return MessageDigest.isEqual(one.toByteArray(), other.toByteArray());
    }
}
