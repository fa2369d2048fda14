package io.triport.domain.identity;

import io.triport.domain.request.InvalidInput;

/**
 * A right by name; what a credential carries and a route demands. Ours are {@code <port>.<operation>} such as {@code kv.get};
 * an issuer may have others: 1 to 255 printable ASCII characters without blank, quote and backslash (RFC 6749 section 3.3).
 */
public record Scope(String text) {
    private static final int MOST = 255;

    public Scope {
        if (text.isEmpty() || text.length() > MOST || !text.chars().allMatch(Scope::allowed)) {
            throw new InvalidInput("scope", "1..255 printable ASCII characters without blank, quote and backslash");
        }
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean allowed(int character) {
        return character > ' ' && character < 0x7F && character != '"' && character != '\\';
    }
}
