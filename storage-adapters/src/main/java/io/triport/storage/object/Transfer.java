package io.triport.storage.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ObjectLimits;
import io.triport.storage.piece.Pieces;

/** Moves bytes into a sink. */
final class Transfer {
    private Transfer() {}

    /** @return how many bytes there were */
    static long copy(Pieces from, ObjectBytes.Sink to, Sums sums) {
        try {
            var size = 0L;
            for (var piece = from.next(); piece != null; piece = from.next()) {
                size += piece.remaining();
                requireSize(size);
                sums.update(piece);
                to.write(piece);
            }
            return size;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: interrupted", e);
        }
    }

    /** @throws StorageFailure.LimitExceeded for more than one write may have */
    static void requireSize(long size) {
        if (size > ObjectLimits.PUT_BYTES) {
            throw new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, "object: more than 5 GiB in one write");
        }
    }
}
