package io.triport.e2e.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.e2e.OwnHost;
import io.triport.e2e.kv.Within;
import io.triport.testkit.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways that count on one Redis, one of them on a host of its own whose cable to the server is pulled. */
final class CutCableTest {
    private static final int LIMIT = 40;

    /** Units that each of several nodes may go beyond a limit of less than 80. */
    private static final int AHEAD = 2;

    @Test
    void while_the_cable_is_pulled_each_limit_does_as_it_says_and_afterwards_all_nodes_count_together_again(
            @TempDir Path directory) throws IOException {
        try (var host = OwnHost.open();
                var redis = RedisProcess.start("");
                var origin = Origin.start();
                var far = far(host, redis, origin, directory.resolve("far"));
                var near = GatewayNode.start(
                        directory.resolve("near"), file(origin.url()), environment(redis.address()))) {
            Within.reason("counted", () -> get(far.address(), "/deny/begin") == 200);
            Within.reason("counted", () -> get(near.address(), "/deny/begin") == 200);

            host.cut();

            Within.reason("refused", () -> get(far.address(), "/deny/cut") == 503);
            assertThat(get(far.address(), "/allow/cut")).isEqualTo(200);
            assertThat(admitted(far.address(), "/local/")).isBetween(1, LIMIT);
            assertThat(get(near.address(), "/deny/meanwhile")).isIn(200, 503);

            host.heal();

            Within.reason("counted again", () -> get(far.address(), "/deny/healed") != 503);
            var together = admitted(far.address(), "/deny/") + admitted(near.address(), "/deny/");
            assertThat(together).isLessThanOrEqualTo(LIMIT + 2 * AHEAD);
            assertThat(get(near.address(), "/deny/end")).isEqualTo(429);
            assertThat(get(far.address(), "/deny/end")).isEqualTo(429);
        }
    }

    private static AppProcess far(OwnHost host, RedisProcess redis, Origin origin, Path directory) {
        var upstream = "http://" + host.lastingWayTo(URI.create(origin.url()).getPort());
        var store = "redis://" + host.wayToStore(URI.create(redis.address()).getPort());
        return GatewayNode.launchOn(host, directory, file(upstream), environment(store))
                .awaited();
    }

    private static Map<String, String> environment(String store) {
        return Map.of("TRIPORT_SHARED_LIMITS", store);
    }

    /** Asks until the limit is reached. What the store does not answer for in time is refused too, and asked again. */
    private static int admitted(URI address, String path) {
        var admitted = 0;
        for (var number = 0; ; number++) {
            switch (get(address, path + number)) {
                case 200 -> admitted++;
                case 429 -> {
                    return admitted;
                }
                default -> {}
            }
        }
    }

    private static int get(URI address, String path) {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
            return Answered.status(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String url) {
        return """
            identity:
              anyone: {type: public}
            rateLimits:
              deny: {limit: %1$d, window: 1h, key: [global], scope: shared, onStoreError: deny}
              allow: {limit: %1$d, window: 1h, key: [global], scope: shared, onStoreError: allow}
              local: {limit: %1$d, window: 1h, key: [global], scope: shared, onStoreError: local}
            upstreams:
              users: {targets: [{url: "%2$s"}]}
            routes:
              - {id: deny, match: {path: /deny}, identity: [anyone], rateLimit: [deny], upstream: users}
              - {id: allow, match: {path: /allow}, identity: [anyone], rateLimit: [allow], upstream: users}
              - {id: local, match: {path: /local}, identity: [anyone], rateLimit: [local], upstream: users}
            """.formatted(LIMIT, url);
    }
}
