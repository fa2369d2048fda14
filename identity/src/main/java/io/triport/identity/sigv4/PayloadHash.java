package io.triport.identity.sigv4;

import io.triport.domain.request.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a signature says of the body that comes with it. */
sealed interface PayloadHash {
    /** As it stands in the signed text. */
    String text();

    /** The body hashes to this. */
    record Exactly(Bytes sha256) implements PayloadHash {
        @Override
        public String text() {
            return sha256.toHex();
        }
    }

    /** Nothing. */
    record Unsigned() implements PayloadHash {
        @Override
        public String text() {
            return "UNSIGNED-PAYLOAD";
        }
    }

    /** The body comes in pieces with a frame around each. */
    enum Framed implements PayloadHash {
        SIGNED("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
        SIGNED_WITH_TRAILER("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
        UNSIGNED_WITH_TRAILER("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

        private final String text;

        Framed(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }

        boolean piecesSigned() {
            return this != UNSIGNED_WITH_TRAILER;
        }

        boolean hasTrailer() {
            return this != SIGNED;
        }
    }

    Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    Map<String, PayloadHash> WORDS = Map.of(
            new Unsigned().text(),
            new Unsigned(),
            Framed.SIGNED.text(),
            Framed.SIGNED,
            Framed.SIGNED_WITH_TRAILER.text(),
            Framed.SIGNED_WITH_TRAILER,
            Framed.UNSIGNED_WITH_TRAILER.text(),
            Framed.UNSIGNED_WITH_TRAILER);

    static Optional<PayloadHash> parse(String text) {
        return HASH.matcher(text).matches()
                ? Optional.of(new Exactly(Bytes.parseHex(text)))
                : Optional.ofNullable(WORDS.get(text));
    }
}
