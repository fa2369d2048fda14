package io.triport.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An S3 endpoint of the test's own, which remembers what it was asked and answers as the test says. */
final class UpstreamStandIn implements AutoCloseable {
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Function<Seen, Told> answers;

    /** A request as it came, with the names of its fields in lower case. */
    record Seen(String method, String target, Map<String, String> fields, String body) {
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** What is answered. */
    record Told(int status, Map<String, String> fields, String body) {
        static Told object(Map<String, String> fields, String body) {
            var all = new TreeMap<>(fields);
            all.put("ETag", "\"5d41402abc4b2a76b9719d911017c592\"");
            all.put("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
            return new Told(200, all, body);
        }

        static Told error(int status, String code) {
            return new Told(
                    status,
                    Map.of(),
                    "<Error><Code>" + code + "</Code><Message>of shelf at 10.0.0.1</Message>"
                            + "<BucketName>shelf</BucketName></Error>");
        }
    }

    private UpstreamStandIn(Function<Seen, Told> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    static UpstreamStandIn answering(Function<Seen, Told> answers) {
        return new UpstreamStandIn(answers);
    }

    /** A proxy with the bucket {@code data}, whose keys lie below {@code in/} of our bucket {@code shelf}. */
    ProxyUnderTest proxy() {
        return ProxyUnderTest.start(
                """
                buckets:
                  - name: data
                    backend_type: s3
                    backend_prefix: in
                    backend_options:
                      endpoint: "http://127.0.0.1:%d"
                      bucket_name: shelf
                      access_key_id: OURS
                      secret_access_key: ${env:SECRET}
                  - name: other
                    backend_type: s3
                    backend_prefix: out
                    backend_options:
                      endpoint: "http://127.0.0.1:%d"
                      bucket_name: attic
                      access_key_id: OURS
                      secret_access_key: ${env:SECRET}
                  - {name: near, backend_type: memory}
                credentials:
                  - access_key_id: ALL
                    secret_access_key: ${env:SECRET}
                    allowed_scopes: [{bucket: "*", actions: ["*"]}]
                  - access_key_id: READER
                    secret_access_key: ${env:SECRET}
                    allowed_scopes: [{bucket: data, actions: [read]}]
                  - access_key_id: WRITER
                    secret_access_key: ${env:SECRET}
                    allowed_scopes:
                      - {bucket: other, actions: [write, multipart]}
                      - {bucket: data, prefixes: [open/], actions: [read]}
                """.formatted(server.getAddress().getPort(), server.getAddress().getPort()));
    }

    List<Seen> seen() {
        return seen;
    }

    Seen last() {
        return seen.getLast();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var fields = new TreeMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
            var request = new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    fields,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            seen.add(request);
            var told = answers.apply(request);
            told.fields().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            var body = told.body().getBytes(StandardCharsets.UTF_8);
            if (request.method().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(told.status(), -1);
            } else {
                exchange.sendResponseHeaders(told.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
