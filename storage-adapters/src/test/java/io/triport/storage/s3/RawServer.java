package io.triport.storage.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that does, request by request, what a test tells it, well or badly. */
final class RawServer implements AutoCloseable {
    private static final List<String> OBJECT = List.of("ETag: \"e\"", "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT");

    /** One request and its connection. */
    record Call(String head, InputStream in, OutputStream out, Socket socket) {
        void answer(int status, List<String> fields, String body) throws IOException {
            begin(status, fields, body.getBytes(StandardCharsets.UTF_8).length, body);
        }

        /** A head, and perhaps not all of the body that it speaks of. */
        void begin(int status, List<String> fields, long length, String body) throws IOException {
            var lines = new ArrayList<String>();
            lines.add("HTTP/1.1 " + status + " X");
            lines.addAll(fields);
            lines.add("Content-Length: " + length);
            lines.add("");
            lines.add(body);
            out.write(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void object(String body) throws IOException {
            answer(200, OBJECT, body);
        }

        void beginObject(long length, String body) throws IOException {
            begin(200, OBJECT, length, body);
        }

        void error(int status, String code) throws IOException {
            answer(status, List.of(), "<Error><Code>" + code + "</Code></Error>");
        }

        /** All bytes of the body; the client waits to be asked for those of a large one. */
        void readBody() throws IOException {
            if (head.contains("100-continue")) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            readBodyUnasked();
        }

        /** The same from an endpoint that knows nothing of asking. */
        void readBodyUnasked() throws IOException {
            in.skipNBytes(length());
        }

        long length() {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .findFirst()
                    .orElse(0);
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @FunctionalInterface
    interface Script {
        void play(Call call, int number) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Script script;

    private RawServer(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    static RawServer playing(Script script) {
        return new RawServer(script);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** The heads of all requests so far. */
    List<String> heads() {
        return heads;
    }

    int connections() {
        return sockets.size();
    }

    /** Opens when a client has closed a connection. */
    CountDownLatch gone() {
        return gone;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                var head = head(in);
                if (head.isEmpty()) {
                    break;
                }
                heads.add(head);
                script.play(new Call(head, in, socket.getOutputStream(), socket), calls.incrementAndGet());
            }
        } catch (IOException e) {
            // The client went away, which is what some tests wait for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gone.countDown();
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var b = in.read();
            if (b < 0) {
                return "";
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
