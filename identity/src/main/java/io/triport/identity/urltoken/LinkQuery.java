package io.triport.identity.urltoken;

import io.triport.domain.request.RawTarget;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of a query, in the form that {@code application/x-www-form-urlencoded} gives them (WHATWG URL section 5). */
record LinkQuery(RawTarget target) {
    /** All values of a parameter as sent, still encoded. Its name may be encoded: whoever is behind us would decode it too. */
    List<String> all(String name) {
        var values = new ArrayList<String>();
        if (!target.search().isEmpty()) {
            for (var pair : target.search().substring(1).split("&", -1)) {
                var end = pair.indexOf('=');
                if (end >= 0 && decode(pair.substring(0, end)).equals(Optional.of(name))) {
                    values.add(pair.substring(end + 1));
                }
            }
        }
        return values;
    }

    /** Decoded once; empty for a wrong escape and for bytes that are not UTF-8. */
    static Optional<String> decode(String encoded) {
        var bytes = ByteBuffer.allocate(encoded.length() * 3);
        for (var i = 0; i < encoded.length(); i++) {
            var c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length() || !isHex(encoded.charAt(i + 1)) || !isHex(encoded.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.put((byte) Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 2;
            } else if (c < 0x80) {
                bytes.put((byte) (c == '+' ? ' ' : c));
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 0x80;
    }
}
