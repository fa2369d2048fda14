package io.triport.identity.handler;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 section 2.1), decoded exactly once. */
public final class Percent {
    private Percent() {}

    /** @throws InvalidInput for a broken triplet, and for bytes that are not UTF-8 */
    public static String decode(String text) {
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
                throw new InvalidInput("address", "percent-encoded UTF-8");
            }
            decoded.write(high << 4 | low);
            i += 2;
        }
        return Bytes.copyOf(decoded.toByteArray()).toUtf8();
    }
}
