package io.triport.identity.jwks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.request.Bytes;
import io.triport.identity.jose.JwkSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpJwksClientTest {
    private final AtomicInteger followed = new AtomicInteger();
    private final HttpJwksClient client = new HttpJwksClient();
    private final HttpServer server = idle();

    @BeforeEach
    void start() {
        server.createContext("/keys", exchange -> answer(exchange, 200, "{\"keys\":[]}"));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, "");
        });
        server.createContext("/elsewhere", exchange -> {
            followed.incrementAndGet();
            answer(exchange, 200, "{\"keys\":[]}");
        });
        server.createContext("/large", exchange -> answer(exchange, 200, "x".repeat(JwkSet.MOST_BYTES + 1)));
        server.createContext("/down", exchange -> answer(exchange, 503, ""));
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void a_set_is_fetched_with_what_the_server_says_of_its_life() {
        assertThat(client.fetch(url("/keys")))
                .isEqualTo(new JwksAnswer.Fetched(Bytes.utf8("{\"keys\":[]}"), Duration.ofSeconds(90)));
    }

    @Test
    void a_redirect_is_not_followed() {
        assertThat(client.fetch(url("/moved"))).isEqualTo(new JwksAnswer.Failed("status 302"));
        assertThat(followed).hasValue(0);
    }

    @Test
    void more_than_256_kib_are_not_read() {
        assertThat(client.fetch(url("/large"))).isInstanceOf(JwksAnswer.Failed.class);
    }

    @Test
    void a_server_that_is_down_fails_the_fetch() {
        assertThat(client.fetch(url("/down"))).isEqualTo(new JwksAnswer.Failed("status 503"));
        server.stop(0);
        assertThat(client.fetch(url("/keys"))).isInstanceOf(JwksAnswer.Failed.class);
    }

    @Test
    void an_address_where_clouds_keep_metadata_is_not_asked() {
        var url = JwksUrl.parse("https://169.254.169.254/keys", JwksUrl.Plain.NEVER);

        assertThat(client.fetch(url))
                .isEqualTo(new JwksAnswer.Failed("the name leads to a link-local or multicast address"));
    }

    private JwksUrl url(String path) {
        return JwksUrl.parse("http://127.0.0.1:" + server.getAddress().getPort() + path, JwksUrl.Plain.LOOPBACK);
    }

    private static HttpServer idle() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = Bytes.utf8(body).toByteArray();
        exchange.getResponseHeaders().add("Cache-Control", "public, max-age=90");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
