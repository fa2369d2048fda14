package io.triport.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A server behind the gateway that does as it is told, right or wrong. */
final class Upstream implements AutoCloseable {
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Queue<Request> seen = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch clientGone = new CountDownLatch(1);
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();
    private volatile String earlyAnswer = "";

    private Upstream(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
    }

    /** What a request looked like when it came. */
    record Request(String line, List<String> fields, String body, List<String> trailers) {
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

        List<String> names() {
            return fields.stream()
                    .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    /** What to do with a request: write to the socket what is to be answered, or anything else. */
    interface Behaviour {
        void answer(Request request, Socket socket) throws IOException;
    }

    static Upstream answering(String text) {
        return doing((request, socket) -> write(socket, text));
    }

    static Upstream doing(Behaviour behaviour) {
        try {
            return accepting(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Over TLS. @param demand what becomes of clients without a certificate */
    static Upstream secured(SSLContext tls, Demand demand, Behaviour behaviour) {
        try {
            var server = (SSLServerSocket)
                    tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            server.setNeedClientAuth(demand == Demand.CERTIFICATE);
            return accepting(server, behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Over TLS, offering protocols by ALPN in this order. What was agreed on the behaviour hears of its socket. */
    static Upstream preferring(SSLContext tls, List<String> protocols, Behaviour behaviour) {
        try {
            var server = (SSLServerSocket)
                    tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var parameters = server.getSSLParameters();
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
            server.setSSLParameters(parameters);
            return accepting(server, behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server wants of who connects. */
    enum Demand {
        NOTHING,
        CERTIFICATE
    }

    private static Upstream accepting(ServerSocket server, Behaviour behaviour) {
        var upstream = new Upstream(server, behaviour);
        Thread.ofVirtual().start(upstream::accept);
        return upstream;
    }

    /** Resets so many connections when the head of a request has come, whatever of its body. */
    Upstream resettingFirst(int heads) {
        cuts.set(heads);
        return this;
    }

    /** Answers so many requests when their head has come, and never reads their bodies. */
    Upstream answeringEarly(String answer, int heads) {
        earlyAnswer = answer;
        early.set(heads);
        return this;
    }

    /** A plain good answer with this body. */
    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** LF alone stands for a line's end; what has a CR is sent as it is. */
    static void write(Socket socket, String text) throws IOException {
        write(socket.getOutputStream(), text.indexOf('\r') >= 0 ? text : text.replace("\n", "\r\n"));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    /** @param fields each with its line's end */
    static String interim(int status, String fields) {
        return "HTTP/1.1 " + status + " Status\r\n" + fields + "\r\n";
    }

    static String answer(int status, String body) {
        return "HTTP/1.1 " + status + " Status\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    String url() {
        return (server instanceof SSLServerSocket ? "https" : "http") + "://127.0.0.1:" + server.getLocalPort();
    }

    /** Requests in the order in which they came. */
    List<Request> seen() {
        return new ArrayList<>(seen);
    }

    int connections() {
        return connections.get();
    }

    /** Whether the gateway closed a connection on which it was owed an answer, in the time. */
    boolean clientLeft() throws InterruptedException {
        return clientGone.await(30, TimeUnit.SECONDS);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = socket.getInputStream();
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                if (oneOf(cuts)) {
                    reset(socket);
                    return;
                }
                if (oneOf(early)) {
                    write(socket, earlyAnswer);
                    in.transferTo(OutputStream.nullOutputStream());
                    return;
                }
                var request = read(head, in);
                seen.add(request);
                behaviour.answer(request, socket);
                if (socket.isClosed()) {
                    return;
                }
            }
        } catch (IOException | NumberFormatException e) {
            // The gateway broke off within a request.
        } finally {
            clientGone.countDown();
        }
    }

    private static boolean oneOf(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private static Request read(List<String> head, InputStream in) throws IOException {
        var bare = new Request(head.getFirst(), head.subList(1, head.size()), "", List.of());
        var trailers = List.<String>of();
        var body = new ByteArrayOutputStream();
        if (bare.field("transfer-encoding").equals("chunked")) {
            for (var size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.write(in.readNBytes(size));
                line(in);
            }
            trailers = head(in);
        } else if (!bare.field("content-length").isEmpty()) {
            var length = Integer.parseInt(bare.field("content-length"));
            body.write(in.readNBytes(length));
            if (body.size() < length) {
                throw new IOException("the body was cut off");
            }
        }
        return new Request(bare.line(), bare.fields(), body.toString(ISO_8859_1), trailers);
    }

    private static List<String> head(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return lines;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
