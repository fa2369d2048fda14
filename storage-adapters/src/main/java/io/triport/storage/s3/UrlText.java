package io.triport.storage.s3;

import io.triport.domain.request.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding as signatures want it: everything but the unreserved characters of RFC 3986, in upper case. */
final class UrlText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UrlText() {}

    static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Slashes stay. */
    static String path(Bytes key) {
        return encoded(key.toByteArray(), true);
    }

    private static String encoded(byte[] bytes, boolean slashes) {
        var text = new StringBuilder(bytes.length + 16);
        for (var b : bytes) {
            var c = (char) (b & 0xFF);
            if (unreserved(c) || slashes && c == '/') {
                text.append(c);
            } else {
                text.append('%');
                HEX.toHexDigits(text, b);
            }
        }
        return text.toString();
    }

    private static boolean unreserved(char c) {
        return c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
