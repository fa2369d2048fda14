package io.triport.e2e.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection that is kept open, with one request under way at most. Opens itself anew when the server ends it between two. */
final class LoadConnection implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final InetSocketAddress address;
    private final Selector selector;
    private final ByteBuffer small = ByteBuffer.allocateDirect(BUFFER);
    private final LoadAnswer answer = new LoadAnswer();
    private ByteBuffer out = NOTHING;
    private ByteBuffer piece = NOTHING;
    private int piecesLeft;
    private SocketChannel channel;
    private SelectionKey key;
    private long since;

    LoadConnection(InetSocketAddress address, Selector selector) throws IOException {
        this.address = address;
        this.selector = selector;
        this.channel = SocketChannel.open();
        this.key = connect();
    }

    /** @param from when its latency begins */
    void send(SignedRequests requests, int index, long from) throws IOException {
        since = from;
        small.clear();
        requests.copy(index, small);
        out = small.flip();
        piece = requests.piece();
        piecesLeft = requests.pieces();
        answer.begin();
        if (!written()) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    long since() {
        return since;
    }

    /** Whether the answer is 200. */
    boolean succeeded() {
        return answer.succeeded();
    }

    /** The answer, for people. */
    String text() {
        return answer.text();
    }

    /** Does what the socket is ready for. @param scratch for what arrives. @return whether the answer is whole */
    boolean progress(ByteBuffer scratch) throws IOException {
        if (key.isWritable() && written()) {
            key.interestOps(SelectionKey.OP_READ);
        }
        if (!key.isReadable()) {
            return false;
        }
        if (channel.read(scratch.clear()) < 0) {
            throw new LoadFailed("connection ended before the answer: " + text());
        }
        if (!answer.take(scratch.flip())) {
            return false;
        }
        if (answer.last() || out.hasRemaining() || piecesLeft > 0) {
            channel.close();
            channel = SocketChannel.open();
            key = connect();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Whether all of the request is with the socket. */
    private boolean written() throws IOException {
        while (true) {
            channel.write(out);
            if (out.hasRemaining()) {
                return false;
            }
            if (piecesLeft == 0) {
                return true;
            }
            piecesLeft--;
            out = piece.duplicate();
        }
    }

    private SelectionKey connect() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(address);
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, this);
    }
}
