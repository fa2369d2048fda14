package io.triport.manager.answer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.transfer.PulledContent;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer of JSON with values in it that may be long: each is turned into JSON piece by piece while it is sent. For one thread. */
public final class LongJson {
    /*
     * Memory
     *
     * As JSON a value takes up to six times the room that it has, and a tree of it, its text and its bytes would each have that. So of
     * what is sent there is one piece at a time beside the values themselves. A short answer is made whole, because a client may want
     * to know its length.
     */
    private static final int SHORT = 65_536;
    private static final int PIECE_CHARS = 16_384;

    /** Whole groups of base64. */
    private static final int PIECE_BYTES = 3 * PIECE_CHARS;

    private final List<Pieces> parts = new ArrayList<>();
    private long valueBytes;

    /** One part of the answer as it is sent. */
    @FunctionalInterface
    private interface Pieces {
        /** Null behind the last. */
        @Nullable
        Bytes next();
    }

    /** JSON as it is. */
    public LongJson plain(String json) {
        var left = new ArrayList<>(List.of(Bytes.utf8(json)));
        parts.add(() -> left.isEmpty() ? null : left.removeFirst());
        return this;
    }

    /** A value as a text; what is no UTF-8 in it is replaced. */
    public LongJson text(Bytes value) {
        valueBytes += value.size();
        plain("\"");
        var decoder = decoder(CodingErrorAction.REPLACE);
        var bytes = value.toByteBuffer();
        parts.add(() -> quoted(decoder, bytes));
        return plain("\"");
    }

    /** A value as base64. */
    public LongJson base64(Bytes value) {
        valueBytes += value.size();
        plain("\"");
        var bytes = value.toByteBuffer();
        parts.add(() -> {
            if (!bytes.hasRemaining()) {
                return null;
            }
            var piece = new byte[Math.min(PIECE_BYTES, bytes.remaining())];
            bytes.get(piece);
            return Bytes.copyOf(Base64.getEncoder().encode(piece));
        });
        return plain("\"");
    }

    /** Whether a value is a text. */
    public static boolean utf8(Bytes value) {
        var decoder = decoder(CodingErrorAction.REPORT);
        var bytes = value.toByteBuffer();
        var text = CharBuffer.allocate(PIECE_CHARS);
        while (true) {
            var result = decoder.decode(bytes, text, true);
            if (!result.isOverflow()) {
                return !result.isError();
            }
            text.clear();
        }
    }

    private static CharsetDecoder decoder(CodingErrorAction malformed) {
        return StandardCharsets.UTF_8.newDecoder().onMalformedInput(malformed).onUnmappableCharacter(malformed);
    }

    private static @Nullable Bytes quoted(CharsetDecoder decoder, ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return null;
        }
        var text = CharBuffer.allocate(PIECE_CHARS);
        decoder.decode(bytes, text, true);
        return Bytes.copyOf(
                JsonStringEncoder.getInstance().quoteAsUTF8(text.flip().toString()));
    }

    /** JSON that lies there as bytes. */
    public LongJson raw(Bytes json) {
        valueBytes += json.size();
        var bytes = json.toByteBuffer();
        parts.add(() -> {
            if (!bytes.hasRemaining()) {
                return null;
            }
            var piece = new byte[Math.min(PIECE_BYTES, bytes.remaining())];
            bytes.get(piece);
            return Bytes.copyOf(piece);
        });
        return this;
    }

    /** JSON that is made while it is sent. @param about how many bytes it will have */
    public LongJson made(Iterator<Bytes> pieces, long about) {
        valueBytes += about;
        parts.add(() -> pieces.hasNext() ? pieces.next() : null);
        return this;
    }

    public StreamReply reply() {
        return valueBytes > SHORT ? head().with(new PulledContent(new Sent())) : held();
    }

    /** Made whole at once, however long it is. */
    public StreamReply held() {
        return head().with(Content.of(whole()));
    }

    private static StreamReply head() {
        return StreamReply.of(200).with("Content-Type", Replies.JSON).with("Cache-Control", "no-store");
    }

    private Bytes whole() {
        var all = new ArrayList<Bytes>();
        for (var piece = next(); piece != null; piece = next()) {
            all.add(piece);
        }
        return Bytes.joined(all);
    }

    private @Nullable Bytes next() {
        while (!parts.isEmpty()) {
            var piece = parts.getFirst().next();
            if (piece != null) {
                return piece;
            }
            parts.removeFirst();
        }
        return null;
    }

    private final class Sent implements PulledContent.Source {
        @Override
        public @Nullable Bytes next() {
            return LongJson.this.next();
        }

        @Override
        public void close() {
            parts.clear();
        }
    }
}
