package io.triport.identity.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Texts of a request as the bytes that were sent. */
final class WireText {
    private static final String UNRESERVED = "-._~";
    private static final int HASH = 64;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private WireText() {}

    /** An HTTP codec makes one character of each byte; what has others came from elsewhere and is UTF-8. */
    static byte[] bytes(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether a text is 64 hexadecimal digits in lower case. */
    static boolean isHash(String text) {
        if (text.length() != HASH) {
            return false;
        }
        for (var i = 0; i < HASH; i++) {
            var c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Percent-encodes all but {@code A-Za-z0-9-._~}. */
    static void encode(int octet, StringBuilder to) {
        var character = (char) (octet & 0xFF);
        if ((character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || UNRESERVED.indexOf(character) >= 0) {
            to.append(character);
        } else {
            to.append('%');
            HEX.toHexDigits(to, (byte) octet);
        }
    }

    /** Encoded anew: escapes are decoded once, a plus stays a plus. @param kept a character that is left alone, such as a slash */
    static String encodedOnce(String text, char kept) {
        var wire = bytes(text);
        var encoded = new StringBuilder(wire.length + 16);
        for (var i = 0; i < wire.length; i++) {
            if (wire[i] == kept) {
                encoded.append(kept);
            } else if (wire[i] == '%') {
                encode(octet(wire, i), encoded);
                i += 2;
            } else {
                encode(wire[i], encoded);
            }
        }
        return encoded.toString();
    }

    /** The octets of an encoded text, one character each. */
    static String decoded(String text) {
        var wire = bytes(text);
        var decoded = new StringBuilder(wire.length);
        for (var i = 0; i < wire.length; i++) {
            if (wire[i] == '%') {
                decoded.append((char) octet(wire, i));
                i += 2;
            } else {
                decoded.append((char) (wire[i] & 0xFF));
            }
        }
        return decoded.toString();
    }

    /** Whether two texts are one, in a time that does not tell where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static int octet(byte[] wire, int percent) {
        if (percent + 2 >= wire.length
                || !HexFormat.isHexDigit(wire[percent + 1])
                || !HexFormat.isHexDigit(wire[percent + 2])) {
            throw new Refusal(SigV4Problem.Kind.BAD_URI);
        }
        return HexFormat.fromHexDigit(wire[percent + 1]) << 4 | HexFormat.fromHexDigit(wire[percent + 2]);
    }
}
