package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FirstRequestsTest {
    @Test
    void the_bearer_token_lists_namespaces() {
        try (var manager = ManagerUnderTest.start()) {
            var answer = manager.send("GET", "/api/namespaces");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"success\":true,\"result\":[]}");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void nobody_gets_in_by_the_name_of_the_host() {
        try (var manager = ManagerUnderTest.start()) {
            var answer = manager.send("GET", "/api/namespaces", Map.of(), Bytes.EMPTY);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("unauthenticated");
            assertThat(answer.header("Triport-Layer")).isEqualTo("identity");
        }
    }

    @Test
    void another_token_is_refused() {
        try (var manager = ManagerUnderTest.start()) {
            var answer = manager.send(
                    "GET",
                    "/api/namespaces",
                    Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN.replace('t', 'x')),
                    Bytes.EMPTY);

            assertThat(answer.status()).isEqualTo(401);
        }
    }

    @Test
    void what_is_no_route_is_not_found_and_says_so_in_the_envelope() {
        try (var manager = ManagerUnderTest.start()) {
            var unknown = manager.send("GET", "/api/nothing");
            var wrong = manager.send("DELETE", "/api/namespaces");

            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.code()).isEqualTo("not_found");
            assertThat(unknown.json().path("request_id").asText()).isNotEmpty();
            assertThat(wrong.status()).isEqualTo(405);
            assertThat(wrong.header("Allow")).contains("GET");
        }
    }

    @Test
    void health_is_for_everybody() {
        try (var manager = ManagerUnderTest.start()) {
            assertThat(manager.send("GET", "/health", Map.of(), Bytes.EMPTY).text())
                    .isEqualTo("{\"status\":\"ok\"}");
        }
    }
}
