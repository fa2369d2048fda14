package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.identity.launch.StartMode;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a name that a caller gives a call means. That all routes heed it is told by {@code EveryRepeatTest}. */
@Timeout(120)
final class RepeatedCallTest {
    private static final String REMOTE = "/client/v4/accounts/0123456789abcdef0123456789abcdef/storage/kv/namespaces";
    private static final String MADE = "{\"title\":\"made\"}";
    private static final String LOOPBACK_ALLOWED = "triport: {manager: {webhooks: {allowed-addresses: [127.0.0.0/8]}}}";

    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world = JobWorld.at(clock);
    private final String here = world.namespace("here");
    private final String key = "/api/keys/" + here + "/k";
    private ManagerUnderTest manager =
            ManagerUnderTest.start(LOOPBACK_ALLOWED, clock, StartMode.Credentials.DEVELOPMENT, world);

    @AfterEach
    void stop() {
        manager.close();
    }

    private Answer named(String name, String method, String target, String body) {
        return named(manager, ManagerUnderTest.TOKEN, name, method, target, Bytes.utf8(body));
    }

    private static Answer named(
            ManagerUnderTest manager, String token, String name, String method, String target, Bytes body) {
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + token, "Idempotency-Key", name));
        return manager.send(method, target, headers, body);
    }

    private long audited(String operation) {
        return manager.send("GET", "/api/audit/all?operation=" + operation)
                .result()
                .size();
    }

    private void again(JobWorld other) {
        manager.close();
        manager = ManagerUnderTest.start(LOOPBACK_ALLOWED, clock, StartMode.Credentials.DEVELOPMENT, other);
    }

    @Test
    void equal_calls_at_once_have_one_effect_and_one_answer() {
        var answers = AtOnce.run(8, number -> () -> named("n", "POST", "/api/namespaces", MADE));

        assertThat(audited("create_namespace")).isEqualTo(1);
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers)
                .extracting(Answer::text)
                .hasSize(8)
                .containsOnly(answers.getFirst().text());
    }

    @Test
    void of_equal_deletes_at_once_none_hears_that_there_is_nothing() {
        var made = manager.send("POST", "/api/searches", "{\"name\":\"mine\",\"query\":{}}");
        var target = "/api/searches/" + made.result().path("search").path("id").asText();

        var answers = AtOnce.run(8, number -> () -> named("n", "DELETE", target, ""));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(named("n", "DELETE", target, "").status()).isEqualTo(200);
        assertThat(named("m", "DELETE", target, "").status()).isEqualTo(404);
    }

    @Test
    void another_caller_may_use_the_same_name() {
        var other = manager.send("POST", "/api/api-keys", "{\"name\":\"other\",\"role\":\"admin\"}")
                .result()
                .path("key")
                .asText();

        var first = named("n", "PUT", key, "{\"value\":\"1\"}");
        var second = named(manager, other, "n", "PUT", key, Bytes.utf8("{\"value\":\"2\"}"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(manager.send("GET", key).result().path("value").asText()).isEqualTo("2");
    }

    @Test
    void the_same_name_on_another_path_is_another_call() {
        assertThat(named("n", "PUT", key, "{\"value\":\"1\"}").status()).isEqualTo(200);
        assertThat(named("n", "PUT", key + "2", "{\"value\":\"2\"}").status()).isEqualTo(200);

        assertThat(manager.send("GET", key + "2").result().path("value").asText())
                .isEqualTo("2");
    }

    @Test
    void the_same_name_with_another_method_or_query_is_refused() {
        var raw = key + "/raw";

        assertThat(named("n", "PUT", raw, "").status()).isEqualTo(200);

        assertThat(named("n", "PUT", raw, "1").code()).isEqualTo("version_conflict");
        assertThat(named("n", "DELETE", raw, "").code()).isEqualTo("version_conflict");
        assertThat(named("n", "PUT", raw + "?a=b", "").code()).isEqualTo("version_conflict");
        assertThat(named("n", "PUT", raw, "").status()).isEqualTo(200);
    }

    @Test
    void a_name_is_forgotten_after_a_day() {
        named("n", "PUT", key, "{\"value\":\"1\"}");
        manager.send("PUT", key, "{\"value\":\"2\"}");

        clock.advance(Duration.ofHours(24).minusMillis(1));
        named("n", "PUT", key, "{\"value\":\"1\"}");
        var kept = manager.send("GET", key).result().path("value").asText();
        clock.advance(Duration.ofMillis(1));
        named("n", "PUT", key, "{\"value\":\"1\"}");

        assertThat(kept).isEqualTo("2");
        assertThat(manager.send("GET", key).result().path("value").asText()).isEqualTo("1");
    }

    @Test
    void a_name_has_1_to_128_characters() {
        assertThat(named("", "POST", "/api/namespaces", MADE).code()).isEqualTo("invalid_argument");
        assertThat(named("n".repeat(129), "POST", "/api/namespaces", MADE).code())
                .isEqualTo("invalid_argument");
        assertThat(named("n".repeat(129), "POST", REMOTE, MADE).status()).isEqualTo(400);
        assertThat(audited("create_namespace")).isZero();

        assertThat(named("n".repeat(128), "POST", "/api/namespaces", MADE).status())
                .isEqualTo(200);
    }

    @Test
    void a_call_has_one_name() throws IOException {
        var address = manager.address();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/namespaces HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
                                    + ManagerUnderTest.TOKEN
                                    + "\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: "
                                    + MADE.length()
                                    + "\r\n\r\n"
                                    + MADE)
                            .getBytes(StandardCharsets.UTF_8));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("Idempotency-Key must occur once");
        }
        assertThat(audited("create_namespace")).isZero();
    }

    @Test
    void a_call_that_was_refused_has_not_used_its_name() {
        var target = "/api/keys/" + here + "/rename";
        var early = named("n", "POST", target, "{\"old_name\":\"k\",\"new_name\":\"l\"}");
        var unread = named("n", "POST", "/api/backup/" + here + "/k/undo", "");
        manager.send("PUT", key, "{\"value\":\"1\"}");
        manager.send("PUT", key, "{\"value\":\"2\"}");

        var undone = named("n", "POST", "/api/backup/" + here + "/k/undo", "");
        var renamed = named("n", "POST", target, "{\"old_name\":\"k\",\"new_name\":\"m\"}");

        assertThat(early.status()).isEqualTo(404);
        assertThat(unread.status()).isEqualTo(404);
        assertThat(undone.status()).isEqualTo(200);
        assertThat(renamed.status()).isEqualTo(200);
    }

    @Test
    void a_call_that_the_storage_did_not_take_has_not_used_its_name() {
        var full = new AtomicBoolean();
        again(new JobWorld(
                new FullEngine(world.engine(), full, data -> true), world.files(), world.ticks(), world.clock()));
        full.set(true);
        var refused = named("n", "POST", "/api/namespaces", MADE);
        full.set(false);

        var done = named("n", "POST", "/api/namespaces", MADE);

        assertThat(refused.status()).isEqualTo(507);
        assertThat(done.status()).isEqualTo(200);
    }

    @Test
    void an_answer_is_kept_over_a_restart() {
        var first = named("n", "POST", "/api/namespaces", MADE);
        again(world);

        var second = named("n", "POST", "/api/namespaces", MADE);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(audited("create_namespace")).isEqualTo(1);
    }

    @Test
    void a_call_whose_answer_was_lost_is_not_done_again() {
        again(new JobWorld(new UnkeepingEngine(world.engine()), world.files(), world.ticks(), clock));
        var first = named("n", "POST", "/api/namespaces", MADE);
        again(world);

        var second = named("n", "POST", "/api/namespaces", MADE);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("answer_not_kept");
        assertThat(second.header("Retry-After")).isEqualTo("1");
        assertThat(audited("create_namespace")).isEqualTo(1);
    }

    @Test
    void what_was_done_in_part_is_answered_as_it_was() {
        manager.send(
                "PUT",
                "/api/namespaces/" + here + "/settings",
                "{\"schema\":[{\"pattern\":\"*\",\"schema\":{\"type\":\"number\"}}]}");
        var template = manager.send(
                        "POST",
                        "/api/templates",
                        "{\"name\":\"t\",\"keys\":[{\"name\":\"k\",\"value\":\"no number\"}],"
                                + "\"settings\":{\"versioning\":{\"enabled\":true}}}")
                .result()
                .path("template")
                .path("id")
                .asText();
        var target = "/api/templates/" + template + "/apply";

        var first = named("n", "POST", target, "{\"namespace_id\":\"" + here + "\"}");
        var second = named("n", "POST", target, "{\"namespace_id\":\"" + here + "\"}");

        assertThat(first.code()).isEqualTo("schema_violated");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(audited("namespace_settings")).isEqualTo(2);
    }

    @Test
    void a_name_on_what_only_reads_is_nothing() {
        named("n", "PUT", key, "{\"value\":\"1\"}");

        assertThat(named("n", "GET", key, "").result().path("value").asText()).isEqualTo("1");
        assertThat(named("n".repeat(129), "GET", key, "").status()).isEqualTo(200);
    }

    @Test
    void a_get_that_orders_a_job_orders_one() {
        var target = "/api/export/" + here + "?format=ndjson";

        var first = named("n", "GET", target, "");
        var second = named("n", "GET", target, "");
        var other = named("n", "GET", "/api/export/" + here, "");

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(other.code()).isEqualTo("version_conflict");
        assertThat(manager.send("GET", "/api/jobs").result().path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void nothing_is_left_of_a_file_that_came_with_a_repeated_order() {
        var first = named("n", "POST", "/api/import/" + here, "[{\"name\":\"a\",\"value\":\"1\"}]");
        JobWorld.ended(manager, first.result().path("job_id").asText());
        var files = world.files().names();

        var second = named("n", "POST", "/api/import/" + here, "[{\"name\":\"a\",\"value\":\"1\"}]");
        var other = named("n", "POST", "/api/import/" + here, "[{\"name\":\"a\",\"value\":\"2\"}]");

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(other.status()).isEqualTo(409);
        assertThat(world.files().names()).isEqualTo(files);
    }

    @Test
    void a_long_bulk_write_is_repeated_without_an_effect() {
        var pairs = Bytes.utf8(
                "[{\"key\":\"a\",\"value\":\"" + "x".repeat(6_000_000) + "\"},{\"key\":\"b\",\"value\":\"y\"}]");
        var target = REMOTE + "/" + here + "/bulk";

        var first = named(manager, ManagerUnderTest.TOKEN, "n", "PUT", target, pairs);
        world.engine()
                .keyValue(new NamespaceTitle("here"))
                .put(KvKey.of("b"), KvEntry.of("changed since"), KvCondition.ANY);
        var second = named(manager, ManagerUnderTest.TOKEN, "n", "PUT", target, pairs);
        var other = named(manager, ManagerUnderTest.TOKEN, "n", "PUT", target, Bytes.utf8("[]"));

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("errors").path(0).path("code").asInt()).isEqualTo(10_012);
        assertThat(manager.send("GET", REMOTE + "/" + here + "/values/b").text())
                .isEqualTo("changed since");
    }

    @Test
    void who_wants_to_be_told_is_told_once() {
        try (var server = new HookServer()) {
            var hook = manager.send(
                            "POST",
                            "/api/webhooks",
                            "{\"name\":\"one\",\"url\":\"" + server.url() + "\",\"events\":[\"key_create\"]}")
                    .result()
                    .path("webhook")
                    .path("id")
                    .asText();
            named("n", "PUT", key, "{\"value\":\"1\"}");
            named("n", "PUT", key, "{\"value\":\"1\"}");
            named("n", "POST", "/api/webhooks/" + hook + "/test", "");
            named("n", "POST", "/api/webhooks/" + hook + "/test", "");
            named("m", "PUT", key + "2", "{\"value\":\"1\"}");

            assertThat(Stream.generate(server::next)
                            .limit(3)
                            .map(told -> told.json().path("event").asText()))
                    .containsExactlyInAnyOrder("key_create", "key_create", "test");
        }
        assertThat(audited("create")).isEqualTo(2);
    }

    @Test
    void an_api_key_is_made_once_and_its_secret_is_kept_nowhere() {
        var first = named("n", "POST", "/api/api-keys", "{\"name\":\"ci\",\"role\":\"viewer\"}");
        var second = named("n", "POST", "/api/api-keys", "{\"name\":\"ci\",\"role\":\"viewer\"}");
        var late = named("m", "POST", "/api/api-keys", "{\"name\":\"late\",\"expires_at\":\"2020-01-01T00:00:00Z\"}");
        var later = named("m", "POST", "/api/api-keys", "{\"name\":\"late\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text())
                .contains("has a secret")
                .doesNotContain(first.result().path("key").asText());
        assertThat(late.status()).isEqualTo(400);
        assertThat(later.status()).isEqualTo(201);
        assertThat(manager.send("GET", "/api/api-keys").result().path("api_keys"))
                .hasSize(2);
    }

    @Test
    void a_value_in_an_account_elsewhere_is_written_once() {
        try (var upstream = ManagerUnderTest.start();
                var mirror = ManagerUnderTest.over(upstream, "0123456789abcdef0123456789abcdef")) {
            var token = ManagerUnderTest.TOKEN;
            var made = named(mirror, token, "n", "POST", "/api/namespaces", Bytes.utf8(MADE));
            var id = made.result().path("id").asText();
            var remote = REMOTE + "/" + id + "/values/k";
            var value = Bytes.utf8("{\"value\":\"1\"}");

            var first = named(mirror, token, "n", "PUT", "/api/keys/" + id + "/k", value);
            upstream.send("PUT", remote, "changed since");
            var second = named(mirror, token, "n", "PUT", "/api/keys/" + id + "/k", value);

            assertThat(named(mirror, token, "n", "POST", "/api/namespaces", Bytes.utf8(MADE))
                            .text())
                    .isEqualTo(made.text());
            assertThat(first.status()).as(first.text()).isEqualTo(200);
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(upstream.send("GET", remote).text()).isEqualTo("changed since");
        }
    }
}
