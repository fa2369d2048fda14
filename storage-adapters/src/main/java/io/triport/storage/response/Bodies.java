package io.triport.storage.response;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import java.util.ArrayList;
import java.util.Optional;

/** Takes bodies into memory, up to a length. */
public record Bodies(ByteSize largest) {
    /** What the contract names as the largest. */
    private static final long MOST_BYTES = 512L << 20;

    /** @throws IllegalArgumentException for more than no cache takes */
    public static void requirePossible(ByteSize largest) {
        if (largest.bytes() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "largest body: " + largest.bytes() + " (expected: at most " + MOST_BYTES + ")");
        }
    }

    /** The whole body; empty where it is too long, which is known before it is read if it says so. Closes it. */
    public Optional<Bytes> take(Content content) {
        try (var reader = new ContentReader(content)) {
            if (content.length().orElse(0) > largest.bytes()) {
                return Optional.empty();
            }
            var pieces = new ArrayList<Bytes>();
            var size = 0L;
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                size += piece.remaining();
                if (size > largest.bytes()) {
                    return Optional.empty();
                }
                pieces.add(Bytes.from(piece));
            }
            return Optional.of(Bytes.joined(pieces));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "cache: interrupted while a body came", e);
        }
    }
}
