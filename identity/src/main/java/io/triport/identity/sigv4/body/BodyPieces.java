package io.triport.identity.sigv4.body;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges one body as it comes, a piece at a time, and says what of it is handed on. Throws {@link io.triport.domain.request.BodyRefused}. */
interface BodyPieces {
    /**
     * Moves the position of the piece forward.
     *
     * @return a view of what is handed on, or null when there is nothing in the rest of the piece
     */
    @Nullable
    ByteBuffer next(ByteBuffer piece);

    /** There are no more pieces. */
    void finish();

    /** The fields behind the body, when it is finished. */
    default Map<String, String> trailers() {
        return Map.of();
    }
}
