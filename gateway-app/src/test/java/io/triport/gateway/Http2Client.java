package io.triport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that sends the frames it likes, and takes down what comes back. */
final class Http2Client implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int ACK = 1;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final long LONGEST_LIST = 1 << 20;

    private final Socket socket;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, LONGEST_LIST);
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final Map<Integer, Integer> settings = new HashMap<>();
    private int granted;
    private int nextStream = 1;
    private int goAway = -1;
    private int lastStream = -1;
    private boolean ended;

    private Http2Client(Socket socket) {
        this.socket = socket;
    }

    /** What came on one stream. @param reset the code of its reset; -1 for none */
    static final class Stream {
        final Map<String, String> fields = new HashMap<>();
        final Map<String, String> trailers = new HashMap<>();
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        int status;
        int reset = -1;
        boolean whole;

        String text() {
            return body.toString(ISO_8859_1);
        }

        boolean over() {
            return whole || reset >= 0;
        }
    }

    static Http2Client over(SSLContext tls, int port) {
        try {
            var socket = (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            if (!socket.getApplicationProtocol().equals("h2")) {
                throw new AssertionError("agreed on " + socket.getApplicationProtocol());
            }
            return begin(socket, PREFACE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without TLS, with prior knowledge. */
    static Http2Client plain(int port) {
        return plain(port, new byte[0]);
    }

    /** @param before what is sent in front of everything else */
    static Http2Client plain(int port, byte[] before) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(before);
            for (var piece : PREFACE.substring(0, PREFACE.length() - 1).getBytes(ISO_8859_1)) {
                socket.getOutputStream().write(piece);
            }
            return begin(socket, PREFACE.substring(PREFACE.length() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Http2Client begin(Socket socket, String preface) throws IOException {
        var client = new Http2Client(socket);
        socket.getOutputStream().write(preface.getBytes(ISO_8859_1));
        return client.frame(SETTINGS, 0, 0, new byte[0]);
    }

    static Http2Headers get(String path) {
        return head("GET", path);
    }

    static Http2Headers head(String method, String path) {
        return new DefaultHttp2Headers(false)
                .method(method)
                .scheme("https")
                .authority("example.org")
                .path(path);
    }

    /** A request without a body. @return its stream */
    int send(Http2Headers head) {
        return begin(head, true);
    }

    int begin(Http2Headers head, boolean whole) {
        var stream = reserve();
        frame(HEADERS, END_HEADERS | (whole ? END_STREAM : 0), stream, block(stream, head));
        return stream;
    }

    /** The next stream, of which nothing is sent yet. */
    int reserve() {
        nextStream += 2;
        return nextStream - 2;
    }

    byte[] block(int stream, Http2Headers head) {
        var out = Unpooled.buffer();
        try {
            encoder.encodeHeaders(stream, head, out);
        } catch (Http2Exception e) {
            throw new AssertionError(e);
        }
        return bytes(out);
    }

    Http2Client data(int stream, String text, boolean last) {
        return frame(DATA, last ? END_STREAM : 0, stream, text.getBytes(ISO_8859_1));
    }

    /** Fields behind the body, which end the request. */
    Http2Client trailers(int stream, Http2Headers fields) {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, block(stream, fields));
    }

    Http2Client reset(int stream) {
        return frame(RST_STREAM, 0, stream, number(8));
    }

    Http2Client window(int stream, int more) {
        return frame(WINDOW_UPDATE, 0, stream, number(more));
    }

    Http2Client frame(int type, int flags, int stream, byte[] payload) {
        var out = Unpooled.buffer(9 + payload.length)
                .writeMedium(payload.length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream)
                .writeBytes(payload);
        try {
            socket.getOutputStream().write(bytes(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Reads until the stream is over, or the connection. */
    Stream answer(int stream) {
        var asked = stream(stream);
        while (!asked.over() && !ended) {
            read();
        }
        return asked;
    }

    /** Reads until the stream is reset, which may be after its answer. @return the code of the reason */
    int resetOf(int stream) {
        var asked = stream(stream);
        while (asked.reset < 0 && !ended) {
            read();
        }
        return asked.reset;
    }

    /** Reads until the head of the answer is there. */
    Stream headOf(int stream) {
        var asked = stream(stream);
        while (asked.status == 0 && !asked.over() && !ended) {
            read();
        }
        return asked;
    }

    /** Reads until the server says that it goes. @return the code of its reason */
    int goAway() {
        while (goAway < 0 && !ended) {
            read();
        }
        return goAway;
    }

    /** The last stream that the server serves, as it said when it went. */
    int lastStream() {
        return lastStream;
    }

    /** What the server said of a setting, by its number; 0 for nothing. */
    int setting(int number) {
        return settings.getOrDefault(number, 0);
    }

    /** Bytes that may be sent on all streams together beside those that may be from the start. */
    int granted() {
        return granted;
    }

    /** Reads until the connection ends. */
    boolean ended() {
        while (!ended) {
            read();
        }
        return true;
    }

    Stream stream(int id) {
        return streams.computeIfAbsent(id, fresh -> new Stream());
    }

    private void read() {
        try {
            var head = Unpooled.wrappedBuffer(exactly(9));
            var length = head.readUnsignedMedium();
            var type = head.readUnsignedByte();
            var flags = head.readUnsignedByte();
            var stream = head.readInt() & Integer.MAX_VALUE;
            take(type, flags, stream, Unpooled.wrappedBuffer(exactly(length)));
        } catch (EOFException | SocketException e) {
            ended = true;
        } catch (IOException | Http2Exception e) {
            throw new AssertionError(e);
        }
    }

    private void take(int type, int flags, int id, ByteBuf payload) throws Http2Exception {
        switch (type) {
            case DATA -> {
                var size = payload.readableBytes();
                stream(id).body.writeBytes(bytes(payload));
                if (size > 0) {
                    window(0, size);
                }
                stream(id).whole |= (flags & END_STREAM) != 0;
            }
            case HEADERS -> fields(stream(id), decoder.decodeHeaders(id, payload), (flags & END_STREAM) != 0);
            case RST_STREAM -> stream(id).reset = payload.readInt();
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    while (payload.isReadable()) {
                        settings.put(payload.readUnsignedShort(), payload.readInt());
                    }
                    frame(SETTINGS, ACK, 0, new byte[0]);
                }
            }
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(PING, ACK, 0, bytes(payload));
                }
            }
            case GOAWAY -> {
                lastStream = payload.readInt();
                goAway = payload.readInt();
            }
            case WINDOW_UPDATE -> {
                if (id == 0) {
                    granted += payload.readInt();
                }
            }
            default -> {}
        }
    }

    private static void fields(Stream stream, Http2Headers fields, boolean last) {
        var into = stream.status >= 200 ? stream.trailers : stream.fields;
        for (var field : fields) {
            into.put(field.getKey().toString(), field.getValue().toString());
        }
        if (fields.status() != null) {
            stream.status = Integer.parseInt(fields.status().toString());
        }
        stream.whole |= last;
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static byte[] number(int value) {
        return bytes(Unpooled.buffer().writeInt(value));
    }

    private static byte[] bytes(ByteBuf buffer) {
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        return bytes;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
