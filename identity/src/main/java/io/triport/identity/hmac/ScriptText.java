package io.triport.identity.hmac;

/** White space as ECMAScript has it ({@code String.prototype.trim}), which the protocol's clients trim with. */
public final class ScriptText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private ScriptText() {}

    /** The text without white space at both ends. */
    public static String trim(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && white(text.charAt(start))) {
            start++;
        }
        while (end > start && white(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    public static boolean blank(String text) {
        return text.chars().allMatch(c -> white((char) c));
    }

    private static boolean white(char c) {
        return (c >= '\t' && c <= '\r') || c == BYTE_ORDER_MARK || Character.isSpaceChar(c);
    }
}
