package io.triport.identity.connection;

import static io.triport.identity.connection.EdgeRefusal.HEADERS_TOO_LARGE;
import static io.triport.identity.connection.EdgeRefusal.MALFORMED_REQUEST;
import static io.triport.identity.connection.EdgeRefusal.TARGET_TOO_LONG;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Follows the bytes of one connection from message to message, and stops at the first that RFC 9112 does not allow. */
final class FramingScanner {
    /*
     * Progress
     *
     * A head counts as sound only when it is whole, so nobody behind ever sees part of a refused one. Of a body every
     * byte counts at once, and each line of its framing when it is whole. Only lines are copied, into a small array that
     * is reused, and kept between requests where it is no larger than a usual token needs; a body is skipped by arithmetic.
     *
     * The result does not depend on how the bytes were cut into reads: a line's length is judged before its content, and
     * in an unfinished line as soon as no possible end can save it.
     */
    private static final int USUAL_LINE = 1_024;
    private static final int LINE_END = 2;
    private static final int MOST_TRAILERS = 100;

    private final EdgeLimits limits;
    private final HeadCheck head;

    private State state = State.BEFORE;
    private @Nullable EdgeRefusal refusal;
    private boolean complete;
    private byte[] line = {};
    private int heads;
    private int kept;
    private int searched;
    private int section;
    private int trailers;
    private long remaining;

    FramingScanner(EdgeLimits limits) {
        this.limits = limits;
        this.head = new HeadCheck(limits.head(), limits.body().declared().bytes());
    }

    /**
     * Reads on from where it stopped, to the end of the message at most. The buffer starts with the first byte that was
     * not yet found sound.
     *
     * @return how many more bytes are sound; 0 means that more must come, or {@link #refusal()}
     */
    int accept(ByteBuf in) {
        complete = false;
        var start = in.readerIndex();
        var end = in.writerIndex();
        var at = start + kept;
        while (at < end && refusal == null && !complete) {
            var next = state.skipsBytes ? skip(in, at, end) : line(in, at, end);
            if (next == at) {
                break;
            }
            at = next;
        }
        var sound = refusal != null || !complete && state.ofHead ? 0 : at - start;
        kept = at - start - sound;
        return sound;
    }

    /** Whether the last bytes ended a message. */
    boolean complete() {
        return complete;
    }

    /** Whether the next byte belongs to a head, of which some may have been read already. */
    boolean inHead() {
        return state.ofHead;
    }

    /** How many heads were found sound. */
    int heads() {
        return heads;
    }

    boolean asksForHeadOnly() {
        return head.asksForHeadOnly();
    }

    @Nullable
    EdgeRefusal refusal() {
        return refusal;
    }

    private int skip(ByteBuf in, int at, int end) {
        var next = at + (int) Math.min(remaining, end - at);
        remaining -= next - at;
        if (state == State.CHUNK_END && !lineEnd(in, at, next)) {
            refusal = MALFORMED_REQUEST;
            return at;
        }
        if (remaining == 0) {
            switch (state) {
                case CHUNK_DATA -> expect(State.CHUNK_END, LINE_END);
                case CHUNK_END -> state = State.CHUNK_SIZE;
                default -> finish();
            }
        }
        return next;
    }

    private boolean lineEnd(ByteBuf in, int at, int end) {
        for (var i = at; i < end; i++) {
            var lineFeed = i == end - 1 && remaining == 0;
            if (in.getByte(i) != (lineFeed ? '\n' : '\r')) {
                return false;
            }
        }
        return true;
    }

    private int line(ByteBuf in, int at, int end) {
        if (state == State.BEFORE) {
            head.reset();
            if (!HeadCheck.opensRequestLine(in.getByte(at))) {
                refusal = MALFORMED_REQUEST;
                return at;
            }
        }
        var feed = in.indexOf(at + searched, end, (byte) '\n');
        var length = (feed < 0 ? end : feed) - at + 1;
        if (length > lineLimit()) {
            refusal = tooLong(in, at);
            return at;
        }
        if (feed < 0) {
            searched = length - 1;
            return at;
        }
        searched = 0;
        read(in, at, length);
        return refusal == null ? feed + 1 : at;
    }

    private long lineLimit() {
        return switch (state) {
            case BEFORE, AFTER_EMPTY_LINE -> limits.head().requestLine().bytes();
            case FIELDS -> limits.head().section().bytes() - section;
            case TRAILERS -> limits.body().trailers().bytes() + LINE_END - section;
            default -> ChunkLine.MOST_DIGITS + limits.body().extension().bytes() + LINE_END;
        };
    }

    private EdgeRefusal tooLong(ByteBuf in, int at) {
        return switch (state) {
            case BEFORE, AFTER_EMPTY_LINE ->
                in.indexOf(at, at + (int) lineLimit(), (byte) ' ') < 0 ? MALFORMED_REQUEST : TARGET_TOO_LONG;
            case FIELDS -> HEADERS_TOO_LARGE;
            default -> MALFORMED_REQUEST;
        };
    }

    private void read(ByteBuf in, int at, int length) {
        if (line.length < length) {
            line = new byte[Math.max(USUAL_LINE, length)];
        }
        in.getBytes(at, line, 0, length);
        var end = length - LINE_END;
        if (end < 0 || line[end] != '\r') {
            refusal = MALFORMED_REQUEST;
            return;
        }
        refusal = switch (state) {
            case BEFORE, AFTER_EMPTY_LINE -> requestLine(end);
            case FIELDS -> field(end);
            case TRAILERS -> trailer(end);
            default -> chunkSize(end);
        };
    }

    private @Nullable EdgeRefusal requestLine(int end) {
        if (end == 0 && state == State.BEFORE) {
            state = State.AFTER_EMPTY_LINE; // RFC 9112 section 2.2; a second one is refused below as a line without
            // a method
            return null;
        }
        section = 0;
        state = State.FIELDS;
        return head.requestLine(line, end);
    }

    private @Nullable EdgeRefusal field(int end) {
        section += end + LINE_END;
        if (end > 0) {
            return head.field(line, end);
        }
        var refused = head.end();
        if (refused == null) {
            enterBody();
        }
        return refused;
    }

    private void enterBody() {
        heads++;
        if (head.hasChunks()) {
            state = State.CHUNK_SIZE;
        } else if (head.length() > 0) {
            expect(State.FIXED, head.length());
        } else {
            finish();
        }
    }

    private @Nullable EdgeRefusal chunkSize(int end) {
        var size = ChunkLine.size(line, end, limits.body().extension().bytes());
        if (size == ChunkLine.MALFORMED) {
            return MALFORMED_REQUEST;
        }
        if (size > 0) {
            expect(State.CHUNK_DATA, size);
        } else {
            section = 0;
            trailers = 0;
            state = State.TRAILERS;
        }
        return null;
    }

    private @Nullable EdgeRefusal trailer(int end) {
        if (end == 0) {
            finish();
            return null;
        }
        section += end + LINE_END;
        return ++trailers > MOST_TRAILERS || HeadCheck.nameOfSoundField(line, end) < 0 ? MALFORMED_REQUEST : null;
    }

    private void expect(State next, long bytes) {
        state = next;
        remaining = bytes;
    }

    private void finish() {
        state = State.BEFORE;
        complete = true;
        if (line.length > USUAL_LINE) {
            line = new byte[0];
        }
    }

    private enum State {
        BEFORE(true, false),
        AFTER_EMPTY_LINE(true, false),
        FIELDS(true, false),
        FIXED(false, true),
        CHUNK_SIZE(false, false),
        CHUNK_DATA(false, true),
        CHUNK_END(false, true),
        TRAILERS(false, false);

        private final boolean ofHead;
        private final boolean skipsBytes;

        State(boolean ofHead, boolean skipsBytes) {
            this.ofHead = ofHead;
            this.skipsBytes = skipsBytes;
        }
    }
}
