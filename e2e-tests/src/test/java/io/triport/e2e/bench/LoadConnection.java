package io.triport.e2e.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection that is kept open, with one request under way at most. Opens itself anew when the server ends it between two. */
final class LoadConnection implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

    private final InetSocketAddress address;
    private final Selector selector;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
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
        out.clear();
        requests.copy(index, out);
        out.flip();
        in.clear();
        channel.write(out);
        if (out.hasRemaining()) {
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    long since() {
        return since;
    }

    /** Whether the answer is 200. */
    boolean succeeded() {
        return startsWith(in.array(), 0, OK);
    }

    /** The answer, for people. */
    String text() {
        return new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1)
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Does what the socket is ready for. @return whether the answer is whole */
    boolean progress() throws IOException {
        if (key.isWritable() && out.hasRemaining()) {
            channel.write(out);
            if (out.hasRemaining()) {
                return false;
            }
            key.interestOps(SelectionKey.OP_READ);
        }
        if (channel.read(in) < 0) {
            throw new LoadFailed("connection ended before the answer: " + text());
        }
        return answered();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean answered() throws IOException {
        var bytes = in.array();
        var head = headEnd(bytes, in.position());
        if (head < 0) {
            return false;
        }
        var length = 0;
        var last = false;
        for (var line = 0; line < head; line = lineEnd(bytes, line) + 2) {
            if (startsWith(bytes, line, LENGTH)) {
                length = number(bytes, line + LENGTH.length);
            } else if (startsWith(bytes, line, CLOSE)) {
                last = true;
            }
        }
        if (in.position() < head + length) {
            return false;
        }
        if (last) {
            channel.close();
            channel = SocketChannel.open();
            key = connect();
        }
        return true;
    }

    private SelectionKey connect() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(address);
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Behind the empty line, or less than 0. */
    private static int headEnd(byte[] bytes, int end) {
        for (var i = 3; i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int lineEnd(byte[] bytes, int from) {
        var i = from;
        while (bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] word) {
        for (var i = 0; i < word.length; i++) {
            if (lower(bytes[from + i]) != lower(word[i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private static int number(byte[] bytes, int from) {
        var i = from;
        while (bytes[i] == ' ') {
            i++;
        }
        var number = 0;
        while (bytes[i] >= '0' && bytes[i] <= '9') {
            number = number * 10 + bytes[i++] - '0';
        }
        return number;
    }
}
