package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.manager.answer.Json;
import io.triport.manager.event.EventKind;
import io.triport.manager.event.Events;
import io.triport.manager.webhook.DeliveryPump;
import io.triport.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebhookTest {
    private static final String LOOPBACK_ALLOWED = sealing("\"${env:PEPPER}\"");

    private static String sealing(String peppers) {
        return "triport: {manager: {api-key-pepper: [" + peppers + "], webhooks: {allowed-addresses: [127.0.0.0/8]}}}";
    }

    private final SettableClock clock = SettableClock.anywhere();
    private final ManagerUnderTest manager = ManagerUnderTest.start(LOOPBACK_ALLOWED, clock);
    private final HookServer server = new HookServer();

    @AfterEach
    void stop() {
        manager.close();
        server.close();
    }

    private String create(String more) {
        return create("[\"key_create\"]", more);
    }

    private String create(String events, String more) {
        return manager.send(
                        "POST",
                        "/api/webhooks",
                        "{\"name\":\"one\",\"url\":\"" + server.url() + "\",\"events\":" + events + more + "}")
                .result()
                .path("webhook")
                .path("id")
                .asText();
    }

    private void keyCreated() {
        manager.part(Events.class).publish(EventKind.KEY_CREATE, Json.object().put("key_name", "a"));
    }

    /** Asks for the log until it says so: what is sent is written down after the answer came. */
    private JsonNode log(String id, Predicate<JsonNode> enough) {
        for (var tries = 0; tries < 100_000; tries++) {
            var log = manager.send("GET", "/api/webhooks/" + id + "/deliveries")
                    .result()
                    .path("deliveries");
            if (enough.test(log)) {
                return log;
            }
        }
        throw new AssertionError("the log never said so");
    }

    @Test
    void a_webhook_is_made_shown_changed_and_deleted_and_its_secret_never_shown() {
        var made = manager.send(
                "POST",
                "/api/webhooks",
                "{\"name\":\"one\",\"url\":\"https://hooks.example.org/x\",\"secret\":\"s3cret\",\"events\":[\"key_create\",\"job_failed\"]}");
        var id = made.result().path("webhook").path("id").asText();
        var changed = manager.send("PUT", "/api/webhooks/" + id, "{\"enabled\":false,\"name\":\"two\"}");
        var unsigned = manager.send("PUT", "/api/webhooks/" + id, "{\"secret\":null}");
        var listed = manager.send("GET", "/api/webhooks");
        var deleted = manager.send("DELETE", "/api/webhooks/" + id);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text()).doesNotContain("s3cret").contains("\"has_secret\":true");
        assertThat(changed.result().path("webhook").path("name").asText()).isEqualTo("two");
        assertThat(changed.result().path("webhook").path("enabled").asBoolean()).isFalse();
        assertThat(changed.result().path("webhook").path("has_secret").asBoolean())
                .isTrue();
        assertThat(unsigned.result().path("webhook").path("has_secret").asBoolean())
                .isFalse();
        assertThat(listed.result().path("webhooks")).hasSize(1);
        assertThat(deleted.result().toString()).isEqualTo("{\"deleted\":true}");
        assertThat(manager.send("GET", "/api/webhooks/" + id).code()).isEqualTo("webhook_not_found");
    }

    @Test
    void what_is_no_webhook_is_refused() {
        for (var body : new String[] {
            "{}",
            "{\"name\":\"a\",\"url\":\"ftp://example.org\",\"events\":[]}",
            "{\"name\":\"a\",\"url\":\"http://user:secret@example.org\",\"events\":[]}",
            "{\"name\":\"a\",\"url\":\"http:///x\",\"events\":[]}",
            "{\"name\":\"a\",\"url\":\"http://example.org\",\"events\":[\"key_read\"]}",
            "{\"name\":\" \",\"url\":\"http://example.org\",\"events\":[]}"
        }) {
            assertThat(manager.send("POST", "/api/webhooks", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void what_waits_is_sent_by_the_process_that_comes_after_the_one_that_stored_it() {
        var world = JobWorld.at(clock);
        server.answers(500);
        HookServer.Told first;
        try (var before = ManagerUnderTest.start(LOOPBACK_ALLOWED, clock, world)) {
            before.send(
                    "POST",
                    "/api/webhooks",
                    "{\"name\":\"one\",\"url\":\"" + server.url() + "\",\"events\":[\"key_create\"]}");
            before.part(Events.class)
                    .publish(EventKind.KEY_CREATE, Json.object().put("key_name", "a"));
            first = server.next();
        }
        clock.advance(Duration.ofSeconds(10));

        try (var after = ManagerUnderTest.start(LOOPBACK_ALLOWED, clock, world)) {
            var second = server.next();

            assertThat(second.header("X-Webhook-Delivery")).isEqualTo(first.header("X-Webhook-Delivery"));
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(after.send("GET", "/api/webhooks").result().path("webhooks"))
                    .hasSize(1);
        }
        assertThat(server.toldMore()).isFalse();
    }

    @Test
    void what_happened_is_sent_and_signed_over_the_body() throws Exception {
        create(",\"secret\":\"s3cret\"");

        keyCreated();
        var told = server.next();

        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(told.header("X-Webhook-Signature"))
                .isEqualTo("sha256="
                        + Bytes.copyOf(mac.doFinal(told.body().toByteArray())).toHex());
        assertThat(told.header("X-Webhook-Event")).isEqualTo("key_create");
        assertThat(told.path()).isEqualTo("/hook?a=b");
        assertThat(told.json().toString())
                .isEqualTo(
                        "{\"event\":\"key_create\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"data\":{\"key_name\":\"a\"}}");
    }

    @Test
    void the_end_of_a_job_is_told_by_its_event_to_those_who_want_to_know() {
        var kinds = Map.ofEntries(
                Map.entry("bulk_delete", "bulk_delete_complete"),
                Map.entry("bulk_copy", "bulk_copy_complete"),
                Map.entry("bulk_ttl_update", "bulk_ttl_complete"),
                Map.entry("bulk_tag", "bulk_tag_complete"),
                Map.entry("import", "import_complete"),
                Map.entry("export", "export_complete"),
                Map.entry("r2_backup", "backup_complete"),
                Map.entry("r2_restore", "restore_complete"),
                Map.entry("r2_copy", "bulk_copy_complete"),
                Map.entry("migrate", "bulk_copy_complete"),
                Map.entry("batch_r2_backup", "batch_complete"),
                Map.entry("batch_r2_restore", "batch_complete"));
        create(
                Stream.of(EventKind.values())
                        .map(kind -> "\"" + kind.text() + "\"")
                        .collect(Collectors.joining(",", "[", "]")),
                "");

        kinds.forEach((operation, event) -> {
            manager.part(Events.class).ended(job(operation, JobStatus.COMPLETED));
            var told = server.next().json();
            assertThat(told.path("event").asText()).as(operation).isEqualTo(event);
            assertThat(told.path("data").path("operation_type").asText()).isEqualTo(operation);
        });
        manager.part(Events.class).ended(job("import", JobStatus.CANCELLED));
        manager.part(Events.class).ended(job("import", JobStatus.FAILED));

        assertThat(server.next().json().path("event").asText()).isEqualTo("job_failed");
    }

    private Job job(String operation, JobStatus status) {
        var order = new JobOrder(new JobId("job-1"), operation, "", "owner", "somebody", new JsonText("{}"));
        return Job.queued(order, JobProgress.NONE, clock.instant()).ended(status, new JsonText("{}"), clock.instant());
    }

    @Test
    void a_key_that_is_written_overwritten_and_deleted_is_told_after_the_change() {
        create("[\"key_create\",\"key_update\",\"key_delete\"]", "");
        var namespace = manager.send("POST", "/api/namespaces", "{\"title\":\"CACHE\"}")
                .result()
                .path("id")
                .asText();
        var key = "/api/keys/" + namespace + "/a%2Fb";

        manager.send("PUT", key, "{\"value\":\"secret value\"}");
        var created = server.next();
        manager.send("PUT", key, "{\"value\":\"secret value\"}");
        var updated = server.next();
        manager.send("DELETE", key);
        var deleted = server.next();

        assertThat(created.json().path("event").asText()).isEqualTo("key_create");
        assertThat(created.json().path("data").path("key_name").asText()).isEqualTo("a/b");
        assertThat(created.json().path("data").path("namespace_id").asText()).isEqualTo(namespace);
        assertThat(created.body().toUtf8()).doesNotContain("secret value");
        assertThat(updated.header("X-Webhook-Event")).isEqualTo("key_update");
        assertThat(deleted.header("X-Webhook-Event")).isEqualTo("key_delete");
    }

    @Test
    void events_that_nobody_asked_for_are_not_sent_and_neither_are_those_of_a_webhook_that_is_off() {
        create(",\"enabled\":false");
        var on = create("");

        manager.part(Events.class).publish(EventKind.KEY_DELETE, Json.object());
        keyCreated();
        server.next();
        log(on, log -> log.size() == 1);

        assertThat(server.toldMore()).isFalse();
    }

    @Test
    void a_delivery_that_is_refused_is_tried_again_when_it_is_due_and_six_times_at_most() {
        var id = create("");
        server.answers(500, 500, 500, 302, 404, 500, 500);

        keyCreated();
        for (var tries = 1; tries <= 6; tries++) {
            var number = tries;
            server.next();
            log(id, log -> log.size() == number);
            clock.advance(Duration.ofHours(3));
            manager.part(DeliveryPump.class).wake();
        }
        keyCreated();
        server.next();
        var log = log(id, rows -> rows.size() == 7);

        assertThat(log.path(1).path("final").asBoolean()).isTrue();
        assertThat(log.path(1).path("attempt").asInt()).isEqualTo(6);
        assertThat(log.path(3).path("error").asText()).isEqualTo("the server answered 302");
        assertThat(log.path(0).path("attempt").asInt()).isEqualTo(1);
        assertThat(server.toldMore()).isFalse();
    }

    @Test
    void a_test_says_what_the_server_answered() {
        var id = create(",\"enabled\":false");
        server.answers(200, 503);

        var good = manager.send("POST", "/api/webhooks/" + id + "/test");
        var bad = manager.send("POST", "/api/webhooks/" + id + "/test");

        assertThat(good.result().toString()).isEqualTo("{\"success\":true,\"statusText\":\"200\"}");
        assertThat(bad.result().path("success").asBoolean()).isFalse();
        assertThat(bad.result().path("error").asText()).isEqualTo("the server answered 503");
        assertThat(server.next().json().path("event").asText()).isEqualTo("test");
    }

    @Test
    void a_server_of_our_own_network_is_not_told_where_nobody_allows_it() {
        try (var strict = ManagerUnderTest.start("triport: {}", clock)) {
            var id = strict.send(
                            "POST",
                            "/api/webhooks",
                            "{\"name\":\"one\",\"url\":\"" + server.url() + "\",\"events\":[\"key_create\"]}")
                    .result()
                    .path("webhook")
                    .path("id")
                    .asText();

            var tested = strict.send("POST", "/api/webhooks/" + id + "/test").result();

            assertThat(tested.path("success").asBoolean()).isFalse();
            assertThat(tested.path("error").asText()).isEqualTo("the name leads to an address that is not public");
            assertThat(server.toldMore()).isFalse();
        }
    }

    @Test
    void nobody_but_who_is_known_sees_webhooks() {
        assertThat(manager.send("GET", "/api/webhooks", Map.of(), Bytes.EMPTY).status())
                .isEqualTo(401);
    }

    @Test
    void what_a_webhook_is_signed_with_lies_in_no_document() {
        var world = JobWorld.fresh();
        try (var first = ManagerUnderTest.start(LOOPBACK_ALLOWED, Clock.systemUTC(), world)) {
            first.send("POST", "/api/webhooks", SIGNED);
            assertThat(documents(world)).contains("sealed").doesNotContain("s3cret", "hooks.example.org");
        }
        try (var rotated = ManagerUnderTest.start(
                sealing("\"${env:OTHER_PEPPER}\", \"${env:PEPPER}\""), Clock.systemUTC(), world)) {
            assertThat(rotated.send("GET", "/api/webhooks").text())
                    .contains("hooks.example.org", "\"has_secret\":true");
        }
        try (var lost = ManagerUnderTest.start("triport: {}", Clock.systemUTC(), world)) {
            assertThat(lost.send("GET", "/api/webhooks").text()).contains("\"enabled\":false", "sealed.invalid");
        }
    }

    @Test
    void what_lay_open_is_sealed_when_there_are_keys() {
        var world = JobWorld.fresh();
        var open = "{\"name\":\"old\",\"url\":\"https://hooks.example.org/t0ken\",\"secret\":\"s3cret\","
                + "\"events\":[\"key_create\"],\"enabled\":true,\"created\":\"2026-01-01T00:00:00.000Z\"}";
        world.engine()
                .tables()
                .settings()
                .put(new DocumentName("webhook", "w1"), new JsonText(open), Settings.WHATEVER);

        try (var sealing = ManagerUnderTest.start(LOOPBACK_ALLOWED, Clock.systemUTC(), world)) {
            while (documents(world).contains("s3cret")) {
                Thread.onSpinWait();
            }
            assertThat(documents(world)).doesNotContain("t0ken");
            assertThat(sealing.send("GET", "/api/webhooks/w1").text()).contains("t0ken", "\"has_secret\":true");
        }
    }

    @Test
    void a_secret_that_could_not_be_hidden_is_not_taken() {
        try (var plain = ManagerUnderTest.start("triport: {}", clock)) {
            assertThat(plain.send("POST", "/api/webhooks", SIGNED).code()).isEqualTo("invalid_argument");
            assertThat(plain.send("POST", "/api/webhooks", SIGNED.replace(",\"secret\":\"s3cret\"", ""))
                            .status())
                    .isEqualTo(201);
        }
    }

    private static final String SIGNED =
            "{\"name\":\"one\",\"url\":\"https://hooks.example.org/x\",\"secret\":\"s3cret\",\"events\":[\"key_create\"]}";

    private static String documents(JobWorld world) {
        return world.engine().tables().settings().list("webhook").stream()
                .map(document -> document.content().text())
                .collect(Collectors.joining());
    }
}
