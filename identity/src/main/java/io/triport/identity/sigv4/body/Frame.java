package io.triport.identity.sigv4.body;

import io.triport.domain.request.ByteSize;
import java.util.Set;

/**
 * What a request says of a body that comes in pieces.
 *
 * @param length in bytes, without the frames
 * @param announced names of the fields behind it, in lower case
 * @param mostChunk the longest piece that is accepted
 */
public record Frame(Form form, long length, Set<String> announced, ByteSize mostChunk) {
    /** What comes with the pieces. */
    public enum Form {
        SIGNED("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
        SIGNED_WITH_TRAILER("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
        UNSIGNED_WITH_TRAILER("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

        private final String text;

        Form(String text) {
            this.text = text;
        }

        /** As requests name it. */
        public String text() {
            return text;
        }

        public boolean hasTrailer() {
            return this != SIGNED;
        }

        boolean piecesSigned() {
            return this != UNSIGNED_WITH_TRAILER;
        }
    }

    public Frame {
        announced = Set.copyOf(announced);
    }
}
