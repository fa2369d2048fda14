package io.triport.domain.request;

import io.triport.domain.time.Randomness;

/** Names one inbound event in logs, answers and audit: 1 to 64 characters of {@code A-Z a-z 0-9 - _ .}. Not a secret. */
public record RequestId(String text) {
    private static final int MOST = 64;
    private static final int FRESH_BYTES = 8;

    public RequestId {
        if (!valid(text)) {
            throw new InvalidInput("request id", "1..64 characters of A-Z a-z 0-9 - _ .");
        }
    }

    /** Whether a text can be an id. */
    public static boolean valid(String text) {
        for (var at = 0; at < text.length(); at++) {
            if (!allowed(text.charAt(at))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MOST;
    }

    public static RequestId fresh(Randomness randomness) {
        return new RequestId(Bytes.copyOf(randomness.bytes(FRESH_BYTES)).toHex());
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean allowed(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || c == '-'
                || c == '_'
                || c == '.';
    }
}
