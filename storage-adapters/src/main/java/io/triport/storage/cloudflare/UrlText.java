package io.triport.storage.cloudflare;

import io.triport.domain.request.Bytes;
import java.util.HexFormat;

/** Names as one segment of a path, or as a value of a query (RFC 3986 section 2.1). */
final class UrlText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UrlText() {}

    /** Everything but letters, digits, {@code -} and {@code _} is escaped: no proxy between can take a name for a way up. */
    static String encoded(Bytes name) {
        var text = new StringBuilder(name.size() + 16);
        for (var b : name.toByteArray()) {
            var c = (char) (b & 0xFF);
            if (c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
                text.append(c);
            } else {
                text.append('%');
                HEX.toHexDigits(text, b);
            }
        }
        return text.toString();
    }
}
