package io.triport.storage.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes one object of claimed parts, as far as that can be known without their bytes. */
final class PartsJoin {
    private final UploadOptions options;
    private final List<PartClaim> claims;
    private final List<PartRow> parts = new ArrayList<>();
    private long size;

    PartsJoin(UploadOptions options, List<PartClaim> claims) {
        this.options = options;
        this.claims = claims;
    }

    /** The parts with their places in the object. */
    List<PartRow> parts() {
        return parts;
    }

    long size() {
        return size;
    }

    /** Finds the parts. @return why they make no object; empty when they do */
    Optional<CompleteOutcome> find(ObjectRows rows, long upload, CompleteOptions wanted) {
        var before = 0;
        for (var claim : claims) {
            if (claim.number() <= before) {
                return Optional.of(new CompleteOutcome.InvalidPartOrder());
            }
            before = claim.number();
        }
        for (var claim : claims) {
            var part = rows.part(upload, claim.number()).filter(row -> is(row, claim));
            if (part.isEmpty()) {
                return Optional.of(new CompleteOutcome.InvalidPart(claim.number()));
            }
            parts.add(part.get().at(size));
            size += part.get().size();
        }
        return tooSmall().or(() -> tooLarge(wanted.mostBytes())).or(() -> sizeMismatch(wanted.size()));
    }

    ETag etag() {
        var digest = RunningSum.of(ChecksumAlgorithm.MD5);
        parts.forEach(part -> digest.update(Bytes.parseHex(part.etag().text()).toByteBuffer()));
        return new ETag(digest.value().toHex() + "-" + parts.size());
    }

    /** The checksum of the object; null where none was asked for. */
    @Nullable
    Checksum checksum() {
        var algorithm = options.checksum();
        return algorithm == null ? null : checksum(algorithm, options.checksumScope());
    }

    /** Why the object is not the one that is wanted. */
    Optional<CompleteOutcome> mismatch(@Nullable Checksum wanted) {
        if (wanted == null || wanted.equals(checksum(wanted.algorithm(), wanted.scope()))) {
            return Optional.empty();
        }
        return Optional.of(new CompleteOutcome.Refused(new PutOutcome.ChecksumMismatch(wanted.algorithm())));
    }

    private Optional<CompleteOutcome> tooSmall() {
        return parts.stream()
                .limit(parts.size() - 1L)
                .filter(part -> part.size() < ObjectLimits.LEAST_PART_BYTES)
                .findFirst()
                .map(part -> new CompleteOutcome.PartTooSmall(part.number(), part.size()));
    }

    private Optional<CompleteOutcome> tooLarge(long most) {
        return size > most ? Optional.of(new CompleteOutcome.TooLarge(size)) : Optional.empty();
    }

    private Optional<CompleteOutcome> sizeMismatch(long wanted) {
        return wanted >= 0 && wanted != size ? Optional.of(new CompleteOutcome.SizeMismatch(size)) : Optional.empty();
    }

    private static boolean is(PartRow part, PartClaim claim) {
        return part.etag().equals(claim.etag())
                && (claim.checksum() == null || sameValue(part.checksum(), claim.checksum()));
    }

    private static boolean sameValue(@Nullable Checksum one, Checksum other) {
        return one != null
                && one.algorithm() == other.algorithm()
                && one.value().equals(other.value());
    }

    private Checksum checksum(ChecksumAlgorithm algorithm, Checksum.Scope scope) {
        var values = parts.stream().map(part -> value(part, algorithm)).toList();
        return new Checksum(
                algorithm,
                switch (scope) {
                    case COMPOSITE -> composite(algorithm, values);
                    case FULL_OBJECT -> full(algorithm, values);
                },
                scope);
    }

    private static Bytes value(PartRow part, ChecksumAlgorithm algorithm) {
        var checksum = part.checksum();
        if (checksum == null || checksum.algorithm() != algorithm) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "checksum: " + algorithm + " is not known of part " + part.number());
        }
        return checksum.value();
    }

    private static Bytes composite(ChecksumAlgorithm algorithm, List<Bytes> values) {
        var sum = RunningSum.of(algorithm);
        values.forEach(value -> sum.update(value.toByteBuffer()));
        return sum.value();
    }

    private Bytes full(ChecksumAlgorithm algorithm, List<Bytes> values) {
        UploadChecksums.requireJoinable(algorithm);
        var join = CrcJoin.of(algorithm);
        for (var i = 0; i < values.size(); i++) {
            join.append(values.get(i), parts.get(i).size());
        }
        return join.value();
    }
}
