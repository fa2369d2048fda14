package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Visits every route that the table has, so that none is forgotten: as nobody, as a liar, and as somebody of elsewhere. */
final class EveryRouteTest {
    private static final String KEY = "a-name-to-be-kept";
    private static final String VALUE = "a-value-to-be-kept";
    private static ManagerUnderTest manager;
    private static String foreign = "";

    @BeforeAll
    static void fill() {
        // None of the liars below shall be refused because of the others.
        manager = ManagerUnderTest.start(
                "triport: {limits: {rejected-credentials: 1000000}}",
                Clock.systemUTC(),
                StartMode.Credentials.DEVELOPMENT);
        manager.send("POST", "/api/namespaces", "{\"title\":\"theirs\"}");
        foreign = manager.send("POST", "/api/namespaces", "{\"title\":\"ours\"}")
                .result()
                .path("id")
                .asText();
        assertThat(manager.send("PUT", "/api/keys/" + foreign + "/" + KEY + "/raw", VALUE)
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void nobody_gets_in_without_a_credential() {
        for (var route : guarded()) {
            assertThat(send(route, Map.of()).status()).as(route.toString()).isEqualTo(401);
        }
    }

    @Test
    void nobody_gets_in_by_a_wrong_one() {
        for (var wrong : List.of("Bearer another-token-of-thirty-two-characters", "Bearer a.b.c", "Basic eDp5")) {
            for (var route : guarded()) {
                assertThat(send(route, Map.of("Authorization", wrong)).status())
                        .as(wrong + " " + route)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void who_administers_another_namespace_sees_and_changes_nothing_of_this_one() {
        var made = manager.send(
                "POST", "/api/api-keys", "{\"name\":\"stranger\",\"role\":\"admin\",\"namespaces\":\"theirs\"}");
        var stranger =
                Map.of("Authorization", "Bearer " + made.result().path("key").asText());
        assertThat(manager.send("GET", "/api/namespaces", stranger, Bytes.EMPTY).text())
                .contains("theirs")
                .doesNotContain("ours");

        for (var route : guarded()) {
            if (ofNamespace(route)) {
                var answer = send(route, stranger);
                if (!route.pattern().toString().startsWith("/api/audit")) {
                    assertThat(answer.status()).as(route + " " + answer.text()).isBetween(400, 499);
                }
                assertThat(answer.text()).as(route.toString()).doesNotContain(VALUE);
            }
        }

        assertThat(manager.send("GET", "/api/keys/" + foreign + "/" + KEY + "/raw")
                        .text())
                .isEqualTo(VALUE);
    }

    /** A list that shrank to nothing would make every test here pass. */
    private static List<Route> guarded() {
        var guarded = manager.part(RouteTable.class).routes().stream()
                .filter(route -> !(route.handler() instanceof Route.Open))
                .toList();
        assertThat(guarded).hasSizeGreaterThan(80);
        assertThat(guarded).anyMatch(route -> route.handler() instanceof Route.Linked);
        assertThat(guarded).filteredOn(EveryRouteTest::ofNamespace).hasSizeGreaterThan(40);
        return guarded;
    }

    private static boolean ofNamespace(Route route) {
        var path = route.pattern().toString();
        return path.contains("{ns}") || (path.contains("/namespaces/{") && !path.contains("/durable_objects/"));
    }

    private static ManagerUnderTest.Answer send(Route route, Map<String, String> headers) {
        var target = route.pattern()
                .toString()
                .replaceAll("\\{(ns|id)}", foreign)
                .replace("{account}", "0123456789abcdef0123456789abcdef")
                .replaceAll("\\{(key|path)(\\.\\.\\.)?}", KEY)
                .replace("{version}", "1")
                .replaceAll("\\{[^}]*}", "x");
        var body = route.method().equals("GET") ? Bytes.EMPTY : Bytes.utf8("{}");
        return manager.send(route.method(), target, headers, body);
    }
}
