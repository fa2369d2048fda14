package io.triport.e2e.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One answer while it arrives: its head is kept, of its body only the beginning, so that a long one costs no memory. */
final class LoadAnswer {
    private static final int HEAD = 32 * 1024;
    private static final int SHOWN = 2 * 1024;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private final byte[] head = new byte[HEAD];
    private final StringBuilder shown = new StringBuilder();
    private int headLength;
    private State state = State.HEAD;
    private long left;
    private boolean sizeSeen;
    private boolean last;

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        TRAILER,
        WHOLE
    }

    /** Forgets the answer before. */
    void begin() {
        headLength = 0;
        shown.setLength(0);
        state = State.HEAD;
        left = 0;
        sizeSeen = false;
        last = false;
    }

    /** Takes all that arrived. @return whether the answer is whole */
    boolean take(ByteBuffer arrived) {
        while (arrived.hasRemaining() && state != State.WHOLE) {
            switch (state) {
                case HEAD -> head(arrived);
                case BODY, CHUNK -> body(arrived);
                case CHUNK_SIZE -> chunkSize(arrived);
                case TRAILER -> trailer(arrived);
                case WHOLE -> throw new IllegalStateException("answer: whole");
            }
        }
        return state == State.WHOLE;
    }

    /** Whether it is 200. */
    boolean succeeded() {
        return startsWith(0, OK);
    }

    /** Whether the server ends the connection behind it. */
    boolean last() {
        return last;
    }

    /** For people. */
    String text() {
        return (new String(head, 0, headLength, StandardCharsets.ISO_8859_1) + shown)
                .replaceAll("\\s+", " ")
                .strip();
    }

    private void head(ByteBuffer arrived) {
        while (arrived.hasRemaining()) {
            if (headLength == HEAD) {
                throw new LoadFailed("an answer's head is longer than " + HEAD + " bytes: " + text());
            }
            head[headLength++] = arrived.get();
            if (headEnds()) {
                headRead();
                return;
            }
        }
    }

    private boolean headEnds() {
        return headLength > 3
                && head[headLength - 1] == '\n'
                && head[headLength - 2] == '\r'
                && head[headLength - 3] == '\n'
                && head[headLength - 4] == '\r';
    }

    private void headRead() {
        var chunked = false;
        for (var line = 0; line < headLength; line = lineEnd(line) + 2) {
            if (startsWith(line, LENGTH)) {
                left = number(line + LENGTH.length);
            } else if (startsWith(line, CHUNKED)) {
                chunked = true;
            } else if (startsWith(line, CLOSE)) {
                last = true;
            }
        }
        state = chunked ? State.CHUNK_SIZE : left == 0 ? State.WHOLE : State.BODY;
    }

    private void body(ByteBuffer arrived) {
        var length = (int) Math.min(left, arrived.remaining());
        for (var i = 0; i < length && shown.length() < SHOWN; i++) {
            shown.append((char) (arrived.get(arrived.position() + i) & 0xFF));
        }
        arrived.position(arrived.position() + length);
        left -= length;
        if (left == 0) {
            state = state == State.CHUNK ? State.CHUNK_SIZE : State.WHOLE;
        }
    }

    /** The line end behind a chunk belongs to the line of the next one. */
    private void chunkSize(ByteBuffer arrived) {
        while (arrived.hasRemaining()) {
            var letter = arrived.get();
            var digit = Character.digit(letter, 16);
            if (digit >= 0) {
                left = left * 16 + digit;
                sizeSeen = true;
            } else if (letter == '\n' && sizeSeen) {
                sizeSeen = false;
                state = left == 0 ? State.TRAILER : State.CHUNK;
                return;
            } else if (letter != '\r' && letter != '\n') {
                throw new LoadFailed("chunk: " + (char) letter + " (expected: its size)");
            }
        }
    }

    /** Empty, as far as any server here goes: a line end. */
    private void trailer(ByteBuffer arrived) {
        while (arrived.hasRemaining()) {
            if (arrived.get() == '\n') {
                state = State.WHOLE;
                return;
            }
        }
    }

    private int lineEnd(int from) {
        var i = from;
        while (head[i] != '\r') {
            i++;
        }
        return i;
    }

    private boolean startsWith(int from, byte[] word) {
        for (var i = 0; i < word.length; i++) {
            if (lower(head[from + i]) != lower(word[i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private long number(int from) {
        var i = from;
        while (head[i] == ' ') {
            i++;
        }
        var number = 0L;
        while (head[i] >= '0' && head[i] <= '9') {
            number = number * 10 + head[i++] - '0';
        }
        return number;
    }
}
