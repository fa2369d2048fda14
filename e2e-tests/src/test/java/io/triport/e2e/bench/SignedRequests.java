package io.triport.e2e.bench;

import java.nio.ByteBuffer;

/**
 * Requests as the bytes to send: heads one behind the other, and bodies that many heads share, either short ones or one long one
 * that is a piece sent several times.
 */
public final class SignedRequests {
    private static final byte[][] NO_BODY = {{}};
    private static final ByteBuffer NO_PIECE = ByteBuffer.allocate(0);

    private final byte[] heads;
    private final int[] headEnds;
    private final byte[][] bodies;
    private final ByteBuffer piece;
    private final int pieces;
    private final int count;

    private SignedRequests(byte[] heads, int[] headEnds, byte[][] bodies, ByteBuffer piece, int pieces, int count) {
        this.heads = heads;
        this.headEnds = headEnds;
        this.bodies = bodies;
        this.piece = piece;
        this.pieces = pieces;
        this.count = count;
    }

    /** @param bodies of request {@code i} the one at {@code i} modulo their number */
    SignedRequests(byte[] heads, int[] headEnds, byte[][] bodies) {
        this(heads, headEnds, bodies, NO_PIECE, 0, headEnds.length);
    }

    /**
     * Requests that may be sent any number of times, in turn.
     *
     * @param piece of their body; a direct one is sent without being copied
     * @param pieces how often it is sent for one body
     * @param count of all requests
     */
    public static SignedRequests inTurn(byte[] heads, int[] headEnds, ByteBuffer piece, int pieces, int count) {
        return new SignedRequests(heads, headEnds, NO_BODY, piece, pieces, count);
    }

    int count() {
        return count;
    }

    int pieces() {
        return pieces;
    }

    ByteBuffer piece() {
        return piece;
    }

    void copy(int index, ByteBuffer to) {
        var head = index % headEnds.length;
        var from = head == 0 ? 0 : headEnds[head - 1];
        to.put(heads, from, headEnds[head] - from).put(bodies[index % bodies.length]);
    }
}
