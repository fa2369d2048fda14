package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds on all routes. */
@Timeout(60)
final class ConventionsTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final List<String> ENDLESS = List.of("/api/jobs/stream");
    private static final String LISTED = "https://console.example.org";

    private final AtomicBoolean closed = new AtomicBoolean();
    private final JobWorld roomy = JobWorld.fresh();
    private final DoubtfulEngine doubtful = new DoubtfulEngine(new ClosedEngine(roomy.engine(), closed));
    private final JobWorld world = new JobWorld(doubtful, roomy.files(), roomy.ticks(), roomy.clock());
    private final String id = roomy.namespace("CACHE");
    private final ManagerUnderTest manager = ManagerUnderTest.start(
            "triport: {manager: {allowed-origins: ['" + LISTED + "']}}",
            world.clock(),
            StartMode.Credentials.DEVELOPMENT,
            world);

    @AfterEach
    void stop() {
        manager.close();
    }

    private Stream<Route> guarded() {
        return manager.part(RouteTable.class).routes().stream()
                .filter(route -> route.handler() instanceof Route.Guarded);
    }

    private String target(Route route) {
        return route.pattern()
                .toString()
                .replace("{ns}", id)
                .replace("/namespaces/{id}", "/namespaces/" + id)
                .replace("{account}", ACCOUNT)
                .replaceAll("\\{[a-z]+(\\.\\.\\.)?}", "1");
    }

    private Answer bearing(String method, String target, String name, String value, String body) {
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN));
        headers.put(name, value);
        return manager.send(method, target, headers, Bytes.utf8(body));
    }

    @Test
    void nobody_reaches_the_storage_before_it_is_known_who_he_is() {
        closed.set(true);

        guarded().forEach(route -> {
            var answer = manager.send(route.method(), target(route), Map.of(), Bytes.utf8("{}"));

            assertThat(answer.status())
                    .as(route.method() + " " + route.pattern())
                    .isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        });
        assertThat(manager.send("GET", "/api/jobs/export-1-x/download", Map.of("Host", "localhost"), Bytes.EMPTY)
                        .status())
                .isEqualTo(401);
        assertThat(manager.send("GET", "/api/keys/" + id + "/k").status()).isEqualTo(503);
    }

    @Test
    void no_answer_to_a_get_is_kept_by_anybody() {
        guarded()
                .filter(route -> route.method().equals("GET")
                        && !ENDLESS.contains(route.pattern().toString()))
                .forEach(route -> assertThat(manager.send("GET", target(route)).header("Cache-Control"))
                        .as(route.pattern().toString())
                        .isEqualTo("no-store"));
    }

    @Test
    void an_error_has_its_envelope_with_the_id_of_the_request() {
        var answer = manager.send("GET", "/api/keys/" + id + "/none");

        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
        assertThat(answer.json().path("error").asText()).isNotBlank();
        assertThat(answer.code()).isEqualTo("key_not_found");
        assertThat(answer.json().path("request_id").asText()).isEqualTo(answer.header("X-Request-ID"));
    }

    @Test
    void a_storage_that_does_not_answer_is_said_so_with_a_time_to_come_again() {
        closed.set(true);

        var answer = manager.send("GET", "/api/keys/" + id + "/k");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("storage_unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void a_write_for_which_the_storage_does_not_answer_may_have_been_done() {
        doubtful.doubtAfter(0);

        var answer = manager.send("PUT", "/api/keys/" + id + "/k", "{\"value\":\"1\"}");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("outcome_unknown");
        assertThat(manager.send("GET", "/api/keys/" + id + "/k").status()).isEqualTo(200);
    }

    @Test
    void a_packed_body_is_refused() {
        var value = bearing("PUT", "/api/keys/" + id + "/k", "Content-Encoding", "gzip", "{\"value\":\"1\"}");
        var imported = bearing("POST", "/api/import/" + id, "Content-Encoding", "br", "[]");
        var plain = bearing("PUT", "/api/keys/" + id + "/k", "Content-Encoding", "identity", "{\"value\":\"1\"}");

        assertThat(value.status()).isEqualTo(415);
        assertThat(value.code()).isEqualTo("unsupported_media_type");
        assertThat(imported.status()).isEqualTo(415);
        assertThat(plain.status()).isEqualTo(200);
    }

    @Test
    void a_browser_is_told_exactly_what_a_listed_origin_may() {
        var preflight = manager.send(
                "OPTIONS",
                "/api/keys/" + id + "/k",
                Map.of("Origin", LISTED, "Access-Control-Request-Method", "PUT"),
                Bytes.EMPTY);

        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(preflight.header("Vary")).isEqualTo("Origin");
        assertThat(preflight.header("Access-Control-Allow-Methods"))
                .isEqualTo("GET, POST, PUT, PATCH, DELETE, OPTIONS");
        assertThat(preflight.header("Access-Control-Allow-Headers").split(", "))
                .contains("Content-Type", "Authorization", "cf-access-jwt-assertion", "If-Match", "X-Request-Id");
        for (var other : List.of(LISTED + ".evil.example", "null", "http://console.example.org", LISTED + ":444")) {
            var answer = bearing("GET", "/api/namespaces", "Origin", other, "");

            assertThat(answer.headers().keySet()).as(other).noneMatch(name -> name.startsWith("access-control-"));
        }
    }

    @Test
    void what_changes_something_comes_from_here_or_from_a_listed_origin() {
        for (var foreign : List.of("https://elsewhere.example", "null", LISTED + ".evil.example")) {
            assertThat(bearing("POST", "/api/import/" + id, "Origin", foreign, "[]")
                            .code())
                    .as(foreign)
                    .isEqualTo("csrf");
            assertThat(bearing("DELETE", "/api/namespaces/" + id, "Origin", foreign, "")
                            .status())
                    .isEqualTo(403);
            assertThat(bearing("GET", "/api/export/" + id, "Origin", foreign, "")
                            .code())
                    .isEqualTo("csrf");
        }
        for (var site : List.of("cross-site", "same-site")) {
            assertThat(bearing("POST", "/api/import/" + id, "Sec-Fetch-Site", site, "[]")
                            .code())
                    .isEqualTo("csrf");
        }
        assertThat(bearing("POST", "/api/import/" + id, "Origin", LISTED, "[]").status())
                .isEqualTo(200);
        assertThat(bearing(
                                "POST",
                                "/api/import/" + id,
                                "Origin",
                                manager.address().toString(),
                                "[]")
                        .status())
                .isEqualTo(200);
        assertThat(bearing("POST", "/api/import/" + id, "Sec-Fetch-Site", "same-origin", "[]")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_path_is_decoded_once_and_not_walked() {
        manager.send("PUT", "/api/keys/" + id + "/a%252Fb", "{\"value\":\"1\"}");
        manager.send("PUT", "/api/keys/" + id + "/a%2Fb", "{\"value\":\"2\"}");

        assertThat(manager.send("GET", "/api/keys/" + id + "/list")
                        .result()
                        .path("keys")
                        .findValuesAsText("name"))
                .containsExactly("a%2Fb", "a/b");
        assertThat(manager.send("GET", "/api/keys/" + id + "/a%2Fb")
                        .result()
                        .path("value")
                        .asText())
                .isEqualTo("2");
        assertThat(manager.send("GET", "/api/keys/" + id + "/a/b").status()).isEqualTo(404);
        assertThat(manager.send("GET", "/api/keys/x/../" + id + "/a%2Fb").status())
                .isNotEqualTo(200);
        assertThat(manager.send("GET", "/api//keys/" + id + "/a%2Fb").status()).isNotEqualTo(200);
        assertThat(manager.send("PUT", "/api/keys/" + id + "/%2E%2E", "{\"value\":\"1\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_page_that_is_listed_may_read_that_its_body_came_too_late() throws IOException {
        var yaml = "triport: {timeouts: {body-idle: 100ms}, manager: {allowed-origins: ['" + LISTED + "']}}";
        try (var impatient = ManagerUnderTest.start(yaml, roomy.clock(), StartMode.Credentials.CONFIGURED, roomy)) {
            var own = halfSent(impatient, "Origin: " + LISTED + "\r\n");
            var other = halfSent(impatient, "");

            assertThat(own)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("\r\nAccess-Control-Allow-Origin: " + LISTED + "\r\n")
                    .contains("\r\nAccess-Control-Allow-Credentials: true\r\n")
                    .contains("\"code\":\"request_timeout\"");
            assertThat(other).startsWith("HTTP/1.1 408 ").doesNotContain("Access-Control-");
        }
    }

    /** Sends half of a value. @param origin the field of it, or nothing. @return the answer as it came */
    private String halfSent(ManagerUnderTest to, String origin) throws IOException {
        var host = to.address().getAuthority();
        try (var socket = new Socket(to.address().getHost(), to.address().getPort())) {
            socket.getOutputStream()
                    .write(("PUT /api/keys/" + id + "/k HTTP/1.1\r\nHost: " + host + "\r\n" + origin
                                    + "Authorization: Bearer " + ManagerUnderTest.TOKEN
                                    + "\r\nContent-Length: 10\r\n\r\nhello")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
