package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.testkit.AtOnce;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayTest {
    private static final String GET = "{\"namespace\":\"CACHE\",\"key\":\"k\"}";

    @Test
    void of_200_copies_at_once_exactly_one_is_answered_in_each_of_20_rounds(@TempDir Path directory) {
        try (var node = KvNode.start(directory, "node", TestKeyMap.environment());
                var client = TestKeyMap.all()) {
            var address = node.address();
            for (var round = 0; round < 20; round++) {
                var request = client.sign("get", GET);

                // A connection that ends without a whole reply is an exception, and fails the test.
                var answers = AtOnce.run(200, number -> () -> client.send(address, request));

                assertThat(answers).filteredOn(WireClient.Answer::ok).hasSize(1);
                assertThat(answers).filteredOn(answer -> !answer.ok()).allMatch(ReplayTest::replayedOrShed);
            }
        }
    }

    /** Clients that share no connections: those of one round are still open when the next one comes. */
    @Test
    void copies_on_more_connections_than_an_address_may_have_all_get_a_reply(@TempDir Path directory) {
        try (var node = KvNode.start(directory, "node", TestKeyMap.environment());
                var one = TestKeyMap.all();
                var other = TestKeyMap.all()) {
            var address = node.address();
            for (var round = 0; round < 5; round++) {
                for (var client : List.of(one, other)) {
                    var request = client.sign("get", GET);

                    var answers = AtOnce.run(200, number -> () -> client.send(address, request));

                    assertThat(answers).filteredOn(WireClient.Answer::ok).hasSizeLessThanOrEqualTo(1);
                    assertThat(answers).filteredOn(answer -> !answer.ok()).allMatch(ReplayTest::replayedOrShed);
                }
            }
        }
    }

    /** Shed before identity, so neither admitted nor judged: a copy may be sent again and is then judged. */
    private static boolean replayedOrShed(WireClient.Answer answer) {
        return answer.status() == 409 && answer.says("REPLAYED") || answer.status() == 503 && answer.says("OVERLOADED");
    }

    @Test
    void a_request_is_refused_again_after_a_kill_and_a_start(@TempDir Path directory) throws IOException {
        try (var client = TestKeyMap.all()) {
            var now = client.sign("get", GET);
            var ahead = client.sign(
                    "get",
                    GET,
                    System.currentTimeMillis() + Duration.ofSeconds(58).toMillis());
            try (var node = KvNode.start(directory, "first", TestKeyMap.environment())) {
                assertThat(client.send(node.address(), now).status()).isEqualTo(200);
                assertThat(client.send(node.address(), ahead).status()).isEqualTo(200);
                node.kill();
            }

            try (var node = KvNode.start(directory, "second", TestKeyMap.environment())) {
                assertThat(client.send(node.address(), ahead).says("REPLAYED")).isTrue();
                assertThat(client.send(node.address(), ahead.under("limited")).says("INVALID_SIGNATURE"))
                        .isTrue();
                assertThat(client.send(node.address(), ahead.under("ALL")).says("REPLAYED"))
                        .isTrue();
                assertThat(client.send(node.address(), client.sign("get", GET)).ok())
                        .isTrue();
            }
        }
    }

    @Test
    void with_one_secret_for_all_another_key_id_does_not_make_a_request_fresh(@TempDir Path directory)
            throws IOException {
        var environment = java.util.Map.of("KV_REMOTE_SECRET", TestKeyMap.ALL_SECRET);
        try (var node = KvNode.start(directory, "node", environment);
                var client = TestKeyMap.all()) {
            var request = client.sign("get", GET);
            assertThat(client.send(node.address(), request).ok()).isTrue();

            assertThat(client.send(node.address(), request.under("somebody-else"))
                            .says("REPLAYED"))
                    .isTrue();
        }
    }
}
