package io.triport.storage.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.UploadOptions;
import java.util.List;

/** Which checksums an upload in parts can have (Amazon S3, "Checking object integrity", multipart uploads). */
final class UploadChecksums {
    private UploadChecksums() {}

    /** @throws StorageFailure.Rejected for one that cannot be made of parts */
    static void require(UploadOptions options) {
        var algorithm = options.checksum();
        if (algorithm == null) {
            return;
        }
        if (options.checksumScope() == Checksum.Scope.FULL_OBJECT) {
            requireJoinable(algorithm);
        } else if (algorithm == ChecksumAlgorithm.CRC64NVME) {
            throw rejected(algorithm + " is of the full object only");
        }
    }

    static void requireJoinable(ChecksumAlgorithm algorithm) {
        if (!CrcJoin.knows(algorithm)) {
            throw rejected(algorithm + " of the full object cannot be made of parts");
        }
    }

    /** @throws StorageFailure.Rejected for a checksum that is kept, and is another than the upload's */
    static void require(UploadOptions options, List<ChecksumClaim> claims) {
        var algorithm = options.checksum();
        if (claims.stream().filter(ChecksumClaim::kept).count() > 1) {
            throw rejected("at most one is kept");
        }
        if (algorithm != null && claims.stream().anyMatch(claim -> claim.kept() && claim.algorithm() != algorithm)) {
            throw rejected("expected that of the upload, " + algorithm);
        }
    }

    private static StorageFailure rejected(String why) {
        return new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "checksum: " + why);
    }
}
