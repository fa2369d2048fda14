package io.triport.storage.audit;

/** Text within JSON, on one line of characters that every reader shows as they are. */
final class JsonText {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_ASCII = 0x7E;

    private JsonText() {}

    /** Everything but printable ASCII is escaped: no character of a client can end a line or hide one (RFC 8259, section 7). */
    static void append(StringBuilder line, String text) {
        line.append('"');
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character == '"' || character == '\\') {
                line.append('\\').append(character);
            } else if (character < FIRST_PRINTABLE || character > LAST_ASCII) {
                line.append("\\u").append(String.format("%04x", (int) character));
            } else {
                line.append(character);
            }
        }
        line.append('"');
    }
}
