package io.triport.domain.cache;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.util.Optional;

/** The body of a stored response, wherever it lies: the same bytes for as long as they are there. Safe for many threads. */
public interface StoredBody {
    /** In bytes, at most 512 MiB. */
    int length();

    /** The bytes of memory that it takes, about. */
    int weight();

    /**
     * A part of it, which the caller owns and can read to its end whatever becomes of the response meanwhile. Empty where the body is
     * gone.
     *
     * @param from inclusive
     * @param to exclusive, at most the length
     */
    Optional<Content> open(int from, int to);

    /** One in memory. */
    static StoredBody of(Bytes bytes) {
        return new HeldBody(bytes);
    }
}
