package io.triport.identity.sigv4.body;

import io.triport.domain.request.BodyRefused;
import java.nio.ByteBuffer;

/** A line between the pieces of a body, at most 16 KiB, gathered over as many buffers as it takes. Ends with CR LF. */
final class FrameLine {
    private static final int MOST = 16_384;

    private final StringBuilder text = new StringBuilder();

    /** Takes what belongs to the line; whether it ended. */
    boolean endsIn(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            var character = (char) (piece.get() & 0xFF);
            if (character == '\n' && !text.isEmpty() && text.charAt(text.length() - 1) == '\r') {
                text.setLength(text.length() - 1);
                return true;
            }
            text.append(character);
            if (text.length() > MOST) {
                throw new BodyRefused(
                        BodyRefused.Why.MALFORMED_FRAMING, "The aws-chunked body has a line longer than 16 KiB.");
            }
        }
        return false;
    }

    /** The line without its end; another begins. */
    String take() {
        var line = text.toString();
        text.setLength(0);
        return line;
    }
}
