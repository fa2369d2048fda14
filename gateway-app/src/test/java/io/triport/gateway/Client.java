package io.triport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that says what it likes, and reads what HTTP/1.1 says comes back. */
final class Client implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;

    private Client(Socket socket) {
        this.socket = socket;
    }

    static Client to(int port) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new Client(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer. @param whole whether its body ended as its head said */
    record Reply(int status, List<String> fields, String body, boolean whole) {
        String field(String name) {
            return fields(name).stream().findFirst().orElse("");
        }

        List<String> fields(String name) {
            var start = name.toLowerCase(Locale.ROOT) + ":";
            return fields.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .toList();
        }
    }

    /** LF alone stands for a line's end; what has a CR is sent as it is. */
    Client send(String text) {
        return sendExactly(text.indexOf('\r') >= 0 ? text : text.replace("\n", "\r\n"));
    }

    Client sendExactly(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    Client send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Client finishSending() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply reply() {
        return reply("GET");
    }

    /** @param method of the request, because one to HEAD has no body */
    Reply reply(String method) {
        try {
            var lines = head().split("\r\n");
            var status = Integer.parseInt(lines[0].split(" ")[1]);
            var fields = List.of(lines).subList(1, lines.length);
            var bare = new Reply(status, fields, "", true);
            var bodyless = method.equals("HEAD") || status == 204 || status == 304 || status < 200;
            return bodyless ? bare : body(bare);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply body(Reply bare) throws IOException {
        var body = new ByteArrayOutputStream();
        var whole = true;
        if (bare.field("transfer-encoding").equals("chunked")) {
            whole = chunks(body);
        } else if (!bare.field("content-length").isEmpty()) {
            var wanted = Integer.parseInt(bare.field("content-length"));
            body.write(socket.getInputStream().readNBytes(wanted));
            whole = body.size() == wanted;
        } else {
            socket.getInputStream().transferTo(body);
        }
        return new Reply(bare.status(), bare.fields(), body.toString(ISO_8859_1), whole);
    }

    private boolean chunks(ByteArrayOutputStream body) throws IOException {
        try {
            for (var size = size(); size > 0; size = size()) {
                body.write(socket.getInputStream().readNBytes(size));
                line();
            }
            line();
            return true;
        } catch (EOFException | java.net.SocketException e) {
            return false;
        }
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String head() throws IOException {
        var lines = new ArrayList<String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return String.join("\r\n", lines);
    }

    String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("after " + line);
            }
            if (next == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) next);
        }
    }

    byte[] bytes(int count) {
        try {
            return socket.getInputStream().readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other end has closed and nothing more comes. */
    boolean ended() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
