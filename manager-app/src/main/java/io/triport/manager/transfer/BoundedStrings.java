package io.triport.manager.transfer;

import java.io.IOException;
import java.io.Reader;

/**
 * JSON whose strings end where none may go on: what is longer than any value is cut, and so costs no memory. A cut string is still
 * too long for what it stands for. A byte order mark at the beginning is left out.
 */
final class BoundedStrings extends Reader {
    /*
     * A character counts once, escaped or not. Base64 of the longest value is a third longer than that; so a string that is cut
     * here is longer than a value in either form, and one that is not cut is what was sent.
     */
    static final int MOST = 36_000_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int HEX_DIGITS = 4;

    private final Reader in;
    private final int most;
    private boolean begun;
    private boolean inString;
    private boolean escaped;
    private int escapeLeft;
    private boolean keeping = true;
    private int length;

    BoundedStrings(Reader in) {
        this(in, MOST);
    }

    BoundedStrings(Reader in, int most) {
        this.in = in;
        this.most = most;
    }

    @Override
    public int read(char[] buffer, int from, int count) throws IOException {
        while (true) {
            var arrived = in.read(buffer, from, count);
            if (arrived < 0) {
                return arrived;
            }
            var kept = compact(buffer, from, from + arrived);
            if (kept > 0 || arrived == 0) {
                return kept;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private int compact(char[] buffer, int from, int to) {
        var end = from;
        for (var at = from; at < to; at++) {
            if (keeps(buffer[at])) {
                buffer[end++] = buffer[at];
            }
        }
        return end - from;
    }

    private boolean keeps(char character) {
        if (!begun) {
            begun = true;
            if (character == BYTE_ORDER_MARK) {
                return false;
            }
        }
        if (!inString) {
            inString = character == '"';
            length = 0;
            return true;
        }
        if (escapeLeft > 0) {
            escapeLeft--;
            return keeping;
        }
        if (escaped) {
            escaped = false;
            escapeLeft = character == 'u' ? HEX_DIGITS : 0;
            return keeping;
        }
        if (character == '"') {
            inString = false;
            return true;
        }
        escaped = character == '\\';
        keeping = length < most;
        length += keeping ? 1 : 0;
        return keeping;
    }
}
