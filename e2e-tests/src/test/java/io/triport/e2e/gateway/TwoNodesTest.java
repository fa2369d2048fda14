package io.triport.e2e.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one PostgreSQL count a shared limit together. */
final class TwoNodesTest {
    private static final int CLIENTS = 32;
    private static final int LIMIT = 100;

    @Test
    void together_they_admit_the_limit_and_a_twentieth_more_at_most(
            @TempDir Path serverDirectory, @TempDir Path directory) {
        try (var database = PostgreSqlCluster.start(serverDirectory)) {
            var environment = Map.of("TRIPORT_STORAGE", "postgresql://postgres@" + database.location());
            try (var origin = Origin.start();
                    var one = GatewayNode.start(directory.resolve("one"), file(origin.url()), environment);
                    var other = GatewayNode.start(directory.resolve("other"), file(origin.url()), environment)) {
                var addresses = List.of(one.address(), other.address());

                var admitted = AtOnce.run(CLIENTS, number -> () -> untilRefused(addresses.get(number % 2)));

                assertThat(admitted.stream().mapToInt(Integer::intValue).sum())
                        .isBetween(LIMIT - LIMIT / 20, LIMIT + LIMIT / 20);
                assertThat(untilRefused(one.address()) + untilRefused(other.address()))
                        .isLessThanOrEqualTo(LIMIT / 20);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** While the store is slow a request is answered 503 and counts nothing. @return how many were admitted */
    private static int untilRefused(URI address) throws IOException {
        var admitted = 0;
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            while (true) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
                var status = Answered.status(socket);
                assertThat(status).isIn(200, 429, 503);
                if (status == 429) {
                    return admitted;
                }
                admitted += status == 200 ? 1 : 0;
            }
        }
    }

    private static String file(String url) {
        return """
            identity:
              anyone: {type: public}
            rateLimits:
              all: {limit: 100, window: 1h, key: [global], scope: shared, onStoreError: deny}
            upstreams:
              users: {targets: [{url: "%s"}]}
            routes:
              - {id: users, match: {path: /}, identity: [anyone], rateLimit: [all], upstream: users}
            """.formatted(url);
    }
}
