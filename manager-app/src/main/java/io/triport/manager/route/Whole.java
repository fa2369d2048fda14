package io.triport.manager.route;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.ContentReader;
import io.triport.manager.answer.Problem;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects a body. */
final class Whole {
    private static final int FIRST = 8_192;

    private Whole() {}

    /** @param expected bytes as the head promised, or the most */
    static Bytes of(ContentReader reader, long expected, long most) throws InterruptedException {
        var collected = new byte[(int) Math.min(expected, Integer.MAX_VALUE - 8)];
        if (expected == most) {
            collected = new byte[(int) Math.min(FIRST, most)];
        }
        var size = 0;
        for (var piece = reader.next(); piece != null; piece = reader.next()) {
            if (size + (long) piece.remaining() > most) {
                throw Problem.PAYLOAD_TOO_LARGE.refused();
            }
            var length = piece.remaining();
            if (size + length > collected.length) {
                collected =
                        Arrays.copyOf(collected, (int) Math.min(most, Math.max(2L * collected.length, size + length)));
            }
            piece.get(collected, size, length);
            size += length;
        }
        return Bytes.from(ByteBuffer.wrap(collected, 0, size));
    }
}
