package io.triport.identity.crl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.request.Bytes;
import io.triport.identity.crl.CrlClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpCrlClientTest {
    private final AtomicInteger followed = new AtomicInteger();
    private final HttpCrlClient client = new HttpCrlClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/list", exchange -> answer(exchange, 200, new byte[] {1, 2, 3}));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, new byte[0]);
        });
        server.createContext("/elsewhere", exchange -> {
            followed.incrementAndGet();
            answer(exchange, 200, new byte[0]);
        });
        server.createContext("/large", exchange -> answer(exchange, 200, new byte[HttpCrlClient.MOST_BYTES + 1]));
        server.createContext("/down", exchange -> answer(exchange, 503, new byte[0]));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_list_is_fetched_as_it_is() {
        assertThat(client.fetch(url("/list"))).isEqualTo(new Answer.Fetched(Bytes.copyOf(new byte[] {1, 2, 3})));
    }

    @Test
    void a_redirect_is_not_followed() {
        assertThat(client.fetch(url("/moved"))).isEqualTo(new Answer.Failed("status 302"));
        assertThat(followed).hasValue(0);
    }

    @Test
    void more_than_eight_mebibytes_are_not_read() {
        assertThat(client.fetch(url("/large"))).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void a_server_that_is_down_fails_the_fetch() {
        assertThat(client.fetch(url("/down"))).isEqualTo(new Answer.Failed("status 503"));
        server.stop(0);
        assertThat(client.fetch(url("/list"))).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void an_address_where_clouds_keep_metadata_is_not_asked() {
        assertThat(client.fetch(CrlUrl.parse("http://169.254.169.254/list")))
                .isEqualTo(new Answer.Failed("the name leads to a link-local or multicast address"));
    }

    private CrlUrl url(String path) {
        return CrlUrl.parse("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Who does not take all of it has hung up. */
    private static void answer(HttpExchange exchange, int status, byte[] body) {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            exchange.close();
        }
    }
}
