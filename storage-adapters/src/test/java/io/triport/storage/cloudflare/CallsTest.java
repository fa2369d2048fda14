package io.triport.storage.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.storage.RemoteAccount;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallsTest {
    private static final Calls.Call LIST = Calls.Call.of("GET", "");

    private final SettableTicker ticker = new SettableTicker();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void after_a_connection_that_could_not_be_made_none_is_tried_for_a_second() throws IOException {
        var first = listening(0);
        var port = first.getAddress().getPort();
        first.stop(0);

        try (var calls = calls(port)) {
            assertUnreachable(calls);
            var back = listening(port);
            assertUnreachable(calls);
            ticker.advance(Duration.ofSeconds(1));

            assertThat(calls.send(LIST).ok()).isTrue();
            back.stop(0);
        }
        assertThat(pauses).isEmpty();
    }

    private Calls calls(int port) {
        var account = new RemoteAccount(
                URI.create("http://127.0.0.1:" + port + "/client/v4"),
                AccountServer.ID,
                Secret.of(AccountServer.TOKEN));
        return new Calls(account, new Calls.Means(ticker, pauses::add, new SeededRandomness(3)));
    }

    private static HttpServer listening(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    private static void assertUnreachable(Calls calls) {
        assertThatThrownBy(() -> calls.send(LIST))
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE));
    }
}
