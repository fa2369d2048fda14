package io.triport.identity.sigv4;

import io.triport.domain.request.Bytes;
import io.triport.identity.sigv4.body.Frame;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    record Framed(Frame.Form form) implements PayloadHash {
        @Override
        public String text() {
            return form.text();
        }
    }

    Map<String, PayloadHash> WORDS = Stream.concat(
                    Stream.of(new Unsigned()), Stream.of(Frame.Form.values()).map(Framed::new))
            .collect(Collectors.toUnmodifiableMap(PayloadHash::text, Function.identity()));

    static Optional<PayloadHash> parse(String text) {
        return WireText.isHash(text)
                ? Optional.of(new Exactly(Bytes.parseHex(text)))
                : Optional.ofNullable(WORDS.get(text));
    }
}
