package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.manager.ManagerUnderTest.Answer;
import java.time.Clock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manager answers to who purges; that caches of other nodes are purged is seen end to end. */
final class CloudflarePurgeTest {
    private static ManagerUnderTest manager;

    @BeforeAll
    static void start() {
        manager = ManagerUnderTest.start("triport: {manager: {caches: [pages]}}", Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    private static Answer purge(String zone, String body) {
        return manager.send("POST", "/client/v4/zones/" + zone + "/purge_cache", body);
    }

    private static int number(Answer answer) {
        return answer.json().path("errors").path(0).path("code").asInt();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"purge_everything\":true}",
                "{\"files\":[\"https://a.example/x?y=1\"]}",
                "{\"files\":[{\"url\":\"http://a.example/\",\"headers\":{\"Accept-Language\":\"fr\"}}]}",
                "{\"tags\":[\"t1\",\"t2\"]}",
                "{\"hosts\":[\"a.example\"]}",
                "{\"prefixes\":[\"a.example/x\"]}"
            })
    void each_kind_of_purge_is_answered_with_the_zone(String body) {
        var answer = purge("pages", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.result().toString()).isEqualTo("{\"id\":\"pages\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"purge_everything\":false}",
                "{\"files\":[]}",
                "{\"files\":\"https://a.example/\"}",
                "{\"files\":[\"a.example\"]}",
                "{\"files\":[{\"headers\":{}}]}",
                "{\"tags\":[\"with blank\"]}",
                "{\"hosts\":[\"a.example/x\"]}",
                "{\"prefixes\":[\"https://a.example/x\"]}",
                "{\"prefixes\":[7]}"
            })
    void what_names_nothing_that_can_be_purged_is_refused(String body) {
        assertThat(purge("pages", body).status()).isEqualTo(400);
    }

    @Test
    void five_hundred_things_at_once_are_taken_and_no_more() {
        assertThat(purge("pages", files(500)).status()).isEqualTo(200);
        assertThat(purge("pages", files(501)).status()).isEqualTo(400);
    }

    @Test
    void a_zone_is_a_cache_that_the_configuration_names() {
        for (var zone : new String[] {"others", "%2e%2e", "a%20b"}) {
            var answer = purge(zone, "{\"purge_everything\":true}");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(number(answer)).isEqualTo(7003);
        }
    }

    @Test
    void without_caches_there_is_no_such_thing() {
        try (var bare = ManagerUnderTest.start()) {
            var answer = bare.send("POST", "/client/v4/zones/pages/purge_cache", "{\"purge_everything\":true}");
            assertThat(answer.status()).isEqualTo(501);
        }
    }

    @Test
    void who_purged_is_in_the_audit() {
        purge("pages", "{\"tags\":[\"audited\",\"too\"]}");

        assertThat(manager.send("GET", "/api/audit/all").text())
                .contains("purge_cache", "{\\\"cache\\\":\\\"pages\\\",\\\"purges\\\":2}");
    }

    private static String files(int number) {
        return IntStream.range(0, number)
                .mapToObj(file -> "\"https://a.example/" + file + "\"")
                .collect(Collectors.joining(",", "{\"files\":[", "]}"));
    }
}
