package io.triport.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.request.Bytes;
import io.triport.identity.edge.ManagementBinder;
import io.triport.objects.admin.AdminApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The REST API of a proxy in this process, on a port of its own. */
final class AdminUnderTest implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI address;

    private AdminUnderTest(HttpServer server) {
        this.server = server;
        this.address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    static AdminUnderTest of(ProxyUnderTest proxy) {
        var api = proxy.part(AdminApi.class);
        var binder = proxy.part(ManagementBinder.class);
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> answer(exchange, api, binder));
            server.start();
            return new AdminUnderTest(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, AdminApi api, ManagementBinder binder) throws IOException {
        try (exchange) {
            var body = Bytes.copyOf(exchange.getRequestBody().readAllBytes());
            var answer = api.answer(binder.bind(exchange, body));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            var bytes = answer.body().toByteArray();
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** An answer as it came over the wire. */
    record Answer(int status, String body, String tag) {
        /** The text of the first member of a name; empty where there is none. */
        String member(String name) {
            var matcher = Pattern.compile("\"" + name + "\":\"?([^\",}\\]]*)").matcher(body);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    /** By the key of an administrator. */
    Answer send(String method, String path, String body) {
        return send(method, path, Map.of(), body);
    }

    Answer send(String method, String path, Map<String, String> more, String body) {
        return as("ALL", "triport", method, path, more, body);
    }

    Answer as(String key, String service, String method, String path, Map<String, String> more, String body) {
        var fields = new HashMap<>(more);
        fields.put("x-amz-content-sha256", TestSigner.sha256(body));
        var signer = new TestSigner(key, ProxyUnderTest.SECRET, Clock.systemUTC());
        return unsigned(method, path, signer.signedFor(service, method, address, path, fields), body);
    }

    /** The fields of a request with a body. */
    Map<String, String> signed(TestSigner signer, String method, String path, String body) {
        var hash = Map.of("x-amz-content-sha256", TestSigner.sha256(body));
        return signer.signedFor("triport", method, address, path, hash);
    }

    Answer unsigned(String method, String path, Map<String, String> fields, String body) {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        fields.forEach(request::header);
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("ETag").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
