package io.triport.identity.sts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.identity.Issuer;
import io.triport.identity.jose.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** An identity provider on this machine, with its documents, whose keys a test replaces. */
final class ProviderServer implements AutoCloseable {
    private final HttpServer server;
    private final AtomicReference<String> keys = new AtomicReference<>("");

    ProviderServer(TestIssuer... published) {
        publishes(published);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange,
                        "{\"issuer\":\"" + issuer().text() + "\",\"jwks_uri\":\"" + issuer().text() + "/keys\"}"));
        server.createContext("/keys", exchange -> answer(exchange, keys.get()));
        server.start();
    }

    Issuer issuer() {
        return new Issuer("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void publishes(TestIssuer... published) {
        keys.set(TestIssuer.published(published));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
