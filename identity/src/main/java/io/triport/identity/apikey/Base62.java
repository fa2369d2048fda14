package io.triport.identity.apikey;

import java.math.BigInteger;

/** Numbers as digits and letters: a double click selects a whole key, and nothing in it needs an escape anywhere. */
final class Base62 {
    static final String PATTERN = "[0-9A-Za-z]";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {}

    /** The bytes as an unsigned number, the last digits of it, with zeros in front. */
    static String encode(byte[] bytes, int length) {
        var text = new char[length];
        var rest = new BigInteger(1, bytes);
        for (var i = length - 1; i >= 0; i--) {
            var parts = rest.divideAndRemainder(BASE);
            text[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(text);
    }

    static String encode(long number, int length) {
        return encode(BigInteger.valueOf(number).toByteArray(), length);
    }
}
