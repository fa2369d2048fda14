package io.triport.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Takes traces as apps tell them, as OTLP over HTTP in JSON. For one test at a time. */
public final class TraceCollector implements AutoCloseable {
    private static final long HANGS_AFTER_SECONDS = 30;
    private static final String SPAN_BEGINS = "{\"traceId\":";
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"?([^\",{}\\[\\]]*)\"?[,}]");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\{\"key\":\"([^\"]*)\",\"value\":\\{\"\\w+Value\":\"([^\"]*)\"}}");

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static final int HEAD_ENDS = 0x0D0A0D0A;
    private static final byte[] TAKEN = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);

    private final ServerSocket server;
    private final Runnable pause;
    private final LinkedBlockingQueue<String> pages = new LinkedBlockingQueue<>();

    private TraceCollector(ServerSocket server, Runnable pause) {
        this.server = server;
        this.pause = pause;
    }

    public static TraceCollector listening() {
        return answeringAfter(() -> {});
    }

    /** One that takes as long as the pause before it answers a page. */
    public static TraceCollector answeringAfter(Runnable pause) {
        try {
            var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var collector = new TraceCollector(server, pause);
            Thread.startVirtualThread(collector::accept);
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (var head = head(socket.getInputStream()); !head.isEmpty(); head = head(socket.getInputStream())) {
                var length = LENGTH.matcher(head);
                if (!length.find()) {
                    throw new IOException(head + " (expected: a request with a length)");
                }
                pages.add(new String(socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))), UTF_8));
                pause.run();
                socket.getOutputStream().write(TAKEN);
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // Whoever told has gone, and says so where it matters.
        }
    }

    /** Of the next request; empty where there is none. */
    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (var seen = 0; seen != HEAD_ENDS; ) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
            seen = seen << 8 | next;
        }
        return head.toString();
    }

    /** Without the path of a signal. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** A span with its own fields and its attributes. */
    public record Told(Map<String, String> fields) {
        public Told {
            fields = Map.copyOf(fields);
        }

        /** Empty where it is not said. */
        public String at(String name) {
            return fields.getOrDefault(name, "");
        }

        public String name() {
            return at("name");
        }
    }

    /** What came at once. @param text as it was sent */
    public record Page(String text, List<Told> spans) {
        public Page {
            spans = List.copyOf(spans);
        }
    }

    /** The next page, for which it waits. */
    public Page next() {
        try {
            var text = pages.poll(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("no traces within " + HANGS_AFTER_SECONDS + " s");
            }
            return new Page(text, spans(text));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The trace of a request or of an event, that of the whole first; pages are taken until it has come. */
    public List<Told> trace(String attribute, String value) {
        while (true) {
            var spans = next().spans();
            for (var span : spans) {
                if (span.at(attribute).equals(value)) {
                    return spans.stream()
                            .filter(other -> other.at("traceId").equals(span.at("traceId")))
                            .toList();
                }
            }
        }
    }

    /** Pages that nobody has taken. */
    public int waiting() {
        return pages.size();
    }

    private static List<Told> spans(String text) {
        var spans = new ArrayList<Told>();
        for (var from = text.indexOf(SPAN_BEGINS); from >= 0; ) {
            var next = text.indexOf(SPAN_BEGINS, from + 1);
            spans.add(span(next < 0 ? text.substring(from) : text.substring(from, next)));
            from = next;
        }
        return spans;
    }

    private static Told span(String text) {
        var fields = new HashMap<String, String>();
        FIELD.matcher(ATTRIBUTE.matcher(text).replaceAll(""))
                .results()
                .forEach(found -> fields.put(found.group(1), found.group(2)));
        ATTRIBUTE.matcher(text).results().forEach(found -> fields.put(found.group(1), found.group(2)));
        return new Told(fields);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
