package io.triport.manager.route;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.manager.answer.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 section 2.1), decoded exactly once. */
final class Percent {
    private Percent() {}

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for a broken triplet, and for bytes that are not UTF-8 */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var raw = text.getBytes(StandardCharsets.UTF_8);
        var decoded = new ByteArrayOutputStream(raw.length);
        for (var i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                decoded.write(raw[i]);
                continue;
            }
            var high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            var low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw broken();
            }
            decoded.write(high << 4 | low);
            i += 2;
        }
        try {
            return Bytes.copyOf(decoded.toByteArray()).toUtf8();
        } catch (InvalidInput e) {
            throw broken();
        }
    }

    private static RuntimeException broken() {
        return Problem.INVALID_ARGUMENT.refused("The address is not percent-encoded UTF-8");
    }
}
