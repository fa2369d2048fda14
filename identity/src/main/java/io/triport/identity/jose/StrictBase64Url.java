package io.triport.identity.jose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64url as RFC 7515 section 2 has it: no padding, no line breaks, and bits behind the end that are zero. */
final class StrictBase64Url {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int QUANTUM = 4;

    private StrictBase64Url() {}

    static byte @Nullable [] decode(String text) {
        // A character that is not of Latin-1 becomes a question mark, which is none of the alphabet.
        return decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte @Nullable [] decode(byte[] ascii) {
        if (!canonicalEnd(ascii)) {
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(ascii);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The platform's decoder takes padding, and ignores bits behind the end: several spellings of the same bytes. */
    private static boolean canonicalEnd(byte[] ascii) {
        var tail = ascii.length % QUANTUM;
        if (tail == 1) {
            return false;
        }
        if (ascii.length == 0) {
            return true;
        }
        var last = ALPHABET.indexOf(ascii[ascii.length - 1]);
        var unused = tail == 2 ? 0xF : tail == 3 ? 0x3 : 0;
        return last >= 0 && (last & unused) == 0;
    }
}
