package io.triport.objects.wire;

import io.triport.domain.request.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding (RFC 3986 section 2.1), in which a plus is a plus. */
public final class Percent {
    private static final String UNRESERVED = "-._~";

    private Percent() {}

    /** @throws S3Refused INVALID_URI for an escape that is none */
    public static Bytes decode(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    throw S3Error.INVALID_URI.refused();
                }
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c < 0x80) {
                bytes.write(c);
            } else if (c <= 0xFF) {
                bytes.write(c); // a byte as it was sent
            } else {
                throw S3Error.INVALID_URI.refused();
            }
        }
        return Bytes.copyOf(bytes.toByteArray());
    }

    /** As text. @throws S3Refused INVALID_URI where it is not UTF-8 */
    public static String decodeText(String text) {
        var bytes = decode(text);
        try {
            return bytes.toUtf8();
        } catch (io.triport.domain.request.InvalidInput e) {
            throw S3Error.INVALID_URI.refused();
        }
    }

    /** For the listing's encoding type {@code url}: everything but letters, digits, {@code -._~} and slashes. */
    public static String encode(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xFF);
            if (c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '/'
                    || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
