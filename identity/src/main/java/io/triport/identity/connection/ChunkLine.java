package io.triport.identity.connection;

/** Reads the line before a chunk: its size, and extensions that nobody uses but that must be well formed. */
final class ChunkLine {
    static final int MOST_DIGITS = 8;
    static final long MALFORMED = -1;

    private ChunkLine() {}

    /**
     * The size, 0..2^31-1 because the decoder behind counts in an int, or {@link #MALFORMED} (RFC 9112 section 7.1).
     *
     * @param mostExtension bytes behind the size
     */
    static long size(byte[] line, int end, long mostExtension) {
        var size = 0L;
        var at = 0;
        for (; at < end && Character.digit(line[at], 16) >= 0; at++) {
            size = size << 4 | Character.digit(line[at], 16);
        }
        var sound = at > 0 && at <= MOST_DIGITS && size <= Integer.MAX_VALUE && end - at <= mostExtension;
        return sound && extensions(line, at, end) ? size : MALFORMED;
    }

    private static boolean extensions(byte[] line, int from, int end) {
        var at = from;
        while (at >= 0 && at < end) {
            at = extension(line, at, end);
        }
        return at == end;
    }

    private static int extension(byte[] line, int from, int end) {
        var semicolon = HeadCheck.skipBlanks(line, from, end);
        if (semicolon == end || line[semicolon] != ';') {
            return -1;
        }
        var name = HeadCheck.skipBlanks(line, semicolon + 1, end);
        var nameEnd = HeadCheck.skipToken(line, name, end);
        if (nameEnd == name) {
            return -1;
        }
        var equals = HeadCheck.skipBlanks(line, nameEnd, end);
        return equals < end && line[equals] == '=' ? value(line, equals + 1, end) : nameEnd;
    }

    private static int value(byte[] line, int from, int end) {
        var value = HeadCheck.skipBlanks(line, from, end);
        if (value < end && line[value] == '"') {
            return quoted(line, value + 1, end);
        }
        var valueEnd = HeadCheck.skipToken(line, value, end);
        return valueEnd == value ? -1 : valueEnd;
    }

    private static int quoted(byte[] line, int from, int end) {
        for (var at = from; at < end; at++) {
            if (line[at] == '"') {
                return HeadCheck.sound(line, from, at) ? at + 1 : -1;
            }
            if (line[at] == '\\') {
                at++;
            }
        }
        return -1;
    }
}
