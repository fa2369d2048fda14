package io.triport.e2e.bench;

import java.nio.ByteBuffer;

/** Requests as the bytes to send: heads one behind the other, and bodies that many heads share. */
final class SignedRequests {
    private final byte[] heads;
    private final int[] headEnds;
    private final byte[][] bodies;

    /** @param bodies of request {@code i} the one at {@code i} modulo their number */
    SignedRequests(byte[] heads, int[] headEnds, byte[][] bodies) {
        this.heads = heads;
        this.headEnds = headEnds;
        this.bodies = bodies;
    }

    int count() {
        return headEnds.length;
    }

    void copy(int index, ByteBuffer to) {
        var from = index == 0 ? 0 : headEnds[index - 1];
        to.put(heads, from, headEnds[index] - from).put(bodies[index % bodies.length]);
    }
}
