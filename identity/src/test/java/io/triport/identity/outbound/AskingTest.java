package io.triport.identity.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.triport.identity.federation.HttpDocuments;
import io.triport.identity.oidc.HttpTokenEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AskingTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Asking asking = new Asking(1_024, Duration.ofSeconds(1));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().add("Cache-Control", "max-age=5");
            exchange.getResponseHeaders().add("Cache-Control", "public");
            exchange.sendResponseHeaders(404, 2);
            exchange.getResponseBody().write(new byte[2]);
            exchange.close();
        });
        server.createContext("/dripping", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        asking.close();
        server.stop(0);
    }

    @Test
    void an_answer_is_told_whatever_its_status() {
        assertThat(asking.get(at("127.0.0.1", "/x"), "*/*"))
                .isInstanceOfSatisfying(Asking.Answer.Received.class, received -> {
                    assertThat(received.status()).isEqualTo(404);
                    assertThat(received.body().size()).isEqualTo(2);
                    assertThat(received.cacheControl()).contains("max-age=5").contains("public");
                });
    }

    @Test
    void a_body_that_drips_is_not_waited_for() {
        assertThat(asking.get(at("127.0.0.1", "/dripping"), "*/*"))
                .isEqualTo(new Asking.Answer.Failed("no answer within 1 s"));
    }

    /** The address of no server leads to this machine. */
    @Test
    void an_address_that_is_none_of_a_server_is_not_asked_by_anybody() {
        var url = at("0.0.0.0", "/x");

        assertThat(asking.get(url, "*/*"))
                .isEqualTo(new Asking.Answer.Failed("the name leads to a link-local or multicast address"));
        assertThat(new HttpDocuments().fetch(url)).isEmpty();
        assertThat(new HttpTokenEndpoint().post(url, "Basic x", "a=b")).isEmpty();
        assertThat(asked).hasValue(0);
    }

    private URI at(String host, String path) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
    }
}
