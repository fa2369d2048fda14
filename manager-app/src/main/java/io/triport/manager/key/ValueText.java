package io.triport.manager.key;

import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Problem;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The text of a value while it is read: in pieces, so that a long one is never copied as a whole. Not safe for many threads. */
public final class ValueText extends OutputStream {
    /** Short values are many, long ones are few; each piece has whole groups of base64. */
    private static final int FIRST = 1_024;

    private static final int LONGEST = 65_536;
    private static final byte PADDING = '=';

    private final Deque<ByteBuffer> full = new ArrayDeque<>();
    private ByteBuffer piece = ByteBuffer.allocate(FIRST);

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        for (var at = 0; at < length; ) {
            if (!piece.hasRemaining()) {
                full.add(piece.flip());
                piece = ByteBuffer.allocate(Math.min(LONGEST, 2 * piece.capacity()));
            }
            var some = Math.min(length - at, piece.remaining());
            piece.put(from, offset + at, some);
            at += some;
        }
    }

    /** Its bytes, which are taken away. */
    public List<Bytes> utf8() {
        return taken(text -> text);
    }

    /** The bytes that it stands for; it is taken away. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT where it is no base64 */
    public List<Bytes> base64() {
        return taken(this::decoded);
    }

    private ByteBuffer decoded(ByteBuffer text) {
        try {
            var padded = text.hasRemaining() && text.get(text.limit() - 1) == PADDING;
            if (padded && !full.isEmpty()) {
                throw Problem.INVALID_ARGUMENT.refused("value must be base64");
            }
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID_ARGUMENT.refused("value must be base64");
        }
    }

    private List<Bytes> taken(UnaryOperator<ByteBuffer> form) {
        full.add(piece.flip());
        piece = ByteBuffer.allocate(0);
        var taken = new ArrayList<Bytes>(full.size());
        while (!full.isEmpty()) {
            taken.add(Bytes.from(form.apply(full.remove())));
        }
        return taken;
    }
}
