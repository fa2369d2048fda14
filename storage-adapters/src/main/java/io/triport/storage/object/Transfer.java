package io.triport.storage.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ObjectLimits;
import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Moves bytes into a sink. */
final class Transfer {
    private Transfer() {}

    /** @param length of them, where it is known before @return how many bytes there were */
    static long copy(Pieces from, OptionalLong length, ObjectBytes.Sink to, Sums sums) {
        try {
            var counted = new Counted(from, sums);
            to.take(counted, length);
            return counted.size;
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

    /** Pieces that are summed up on their way. */
    private static final class Counted implements Pieces {
        private final Pieces from;
        private final Sums sums;
        private long size;

        private Counted(Pieces from, Sums sums) {
            this.from = from;
            this.sums = sums;
        }

        @Override
        public @Nullable ByteBuffer next() throws InterruptedException {
            var piece = from.next();
            if (piece != null) {
                size += piece.remaining();
                requireSize(size);
                sums.update(piece);
            }
            return piece;
        }

        @Override
        public void close() {
            from.close();
        }
    }
}
