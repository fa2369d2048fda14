package io.triport.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.manager.automation.AutomationTask;
import io.triport.manager.event.Events;
import io.triport.manager.job.JobKind;
import io.triport.testkit.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AutomationTest {
    private final SettableClock clock = SettableClock.anywhere();
    private final ManagerUnderTest manager = ManagerUnderTest.start("triport: {}", clock);
    private final String namespace = create("CACHE");

    @AfterEach
    void stop() {
        manager.close();
    }

    private String create(String title) {
        return manager.send("POST", "/api/namespaces", "{\"title\":\"" + title + "\"}")
                .result()
                .path("id")
                .asText();
    }

    private void put(String key, String more) {
        assertThat(manager.send("PUT", "/api/keys/" + namespace + "/" + key, "{\"value\":\"v\"" + more + "}")
                        .status())
                .isEqualTo(200);
    }

    private void look() {
        manager.fallDue(AutomationTask.WATCH);
    }

    private Job failedJob(String user) {
        var order = new JobOrder(new JobId("copy-1"), "bulk_copy", namespace, "owner", user, new JsonText("{}"));
        return Job.queued(order, JobProgress.NONE, clock.instant())
                .ended(JobStatus.FAILED, new JsonText("{\"error\":\"interrupted\"}"), clock.instant());
    }

    @Test
    void health_has_no_envelope_and_counts_what_is_there() {
        put("a", "");
        create("EMPTY");

        var health = manager.send("GET", "/api/health").json();

        assertThat(health.path("namespaces").toString()).isEqualTo("{\"total\":2,\"withColors\":0,\"withMetadata\":1}");
        assertThat(health.path("keys").path("totalTracked").asInt()).isEqualTo(1);
        assertThat(health.path("recentJobs").path("last7d").asInt()).isZero();
        assertThat(health.has("success")).isFalse();
    }

    @Test
    void there_is_never_a_migration_to_apply() {
        var status = manager.send("GET", "/api/migrations/status").result();
        var applied = manager.send("POST", "/api/migrations/apply").result();

        assertThat(status.toString())
                .isEqualTo("{\"currentVersion\":1,\"latestVersion\":1,\"pendingMigrations\":[],"
                        + "\"appliedMigrations\":[],\"isUpToDate\":true}");
        assertThat(applied.path("migrationsApplied").asInt()).isZero();
    }

    @Test
    void metrics_count_calls_of_keys_by_their_type_and_keep_them_for_days() {
        put("a", "");
        manager.send("GET", "/api/keys/" + namespace + "/a");
        manager.send("GET", "/api/keys/" + namespace + "/list");

        var today = manager.send("GET", "/api/metrics?range=24h").result();
        clock.advance(Duration.ofDays(3));
        var later = manager.send("GET", "/api/metrics?range=24h").result();
        var week = manager.send("GET", "/api/metrics?range=7d&namespaceId=" + namespace)
                .result();

        assertThat(today.path("summary").path("operationsByType").path("write").asInt())
                .isEqualTo(1);
        assertThat(today.path("summary").path("operationsByType").path("list").asInt())
                .isEqualTo(1);
        assertThat(today.path("summary").path("totalKeyCount").asInt()).isEqualTo(1);
        assertThat(today.path("byNamespace").path(0).path("namespaceName").asText())
                .isEqualTo("CACHE");
        assertThat(today.path("operationsSeries").path(0).path("date").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(later.path("summary").path("totalOperations").asInt()).isZero();
        assertThat(week.path("summary").path("operationsByType"))
                .isEqualTo(today.path("summary").path("operationsByType"));
        assertThat(week.path("storageSeries").path(0).path("keyCount").asInt()).isEqualTo(1);
        assertThat(manager.send("GET", "/api/metrics?range=1y").status()).isEqualTo(400);
    }

    @Test
    void a_threshold_is_made_once_changed_and_deleted() {
        var made = manager.send(
                "POST", "/api/thresholds", "{\"namespace_id\":\"" + namespace + "\",\"storage_bytes_threshold\":10}");
        var again = manager.send("POST", "/api/thresholds", "{\"namespace_id\":\"" + namespace + "\"}");
        var changed = manager.send(
                "PUT",
                "/api/thresholds/" + namespace,
                "{\"latency_p99_threshold_ms\":250,\"storage_bytes_threshold\":null}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(again.code()).isEqualTo("threshold_taken");
        assertThat(changed.result()
                        .path("threshold")
                        .path("latency_p99_threshold_ms")
                        .asInt())
                .isEqualTo(250);
        assertThat(changed.result()
                        .path("threshold")
                        .path("storage_bytes_threshold")
                        .isNull())
                .isTrue();
        assertThat(manager.send("GET", "/api/thresholds").result().path("thresholds"))
                .hasSize(1);
        assertThat(manager.send("DELETE", "/api/thresholds/" + namespace).status())
                .isEqualTo(200);
        assertThat(manager.send("GET", "/api/thresholds/" + namespace).code()).isEqualTo("threshold_not_found");
    }

    @Test
    void a_threshold_that_is_passed_opens_one_alert_until_it_is_kept_again() {
        manager.send(
                "POST", "/api/thresholds", "{\"namespace_id\":\"" + namespace + "\",\"storage_bytes_threshold\":0}");
        put("a", "");

        look();
        look();
        var open = manager.send("GET", "/api/alerts?state=open").result().path("alerts");
        var breaches = manager.send("GET", "/api/health").json().path("monitoring");
        manager.send("DELETE", "/api/keys/" + namespace + "/a");
        look();
        var resolved =
                manager.send("GET", "/api/alerts?state=resolved").result().path("alerts");

        assertThat(open).hasSize(1);
        assertThat(open.path(0).path("message").asText()).isEqualTo("1 bytes of values, more than 0");
        assertThat(breaches.path("activeBreaches").asInt()).isEqualTo(1);
        assertThat(resolved).hasSize(1);
        assertThat(manager.send("GET", "/api/alerts?state=open").result().path("alerts"))
                .isEmpty();
    }

    @Test
    void keys_that_end_soon_open_an_alert_that_somebody_sees() {
        manager.send(
                "POST",
                "/api/alerts/rules",
                "{\"name\":\"sessions\",\"type\":\"expiring_within\",\"namespace_id\":\"" + namespace
                        + "\",\"prefix\":\"s:\",\"seconds\":600}");
        put("s:late", ",\"expiration_ttl\":6000");
        put("other", ",\"expiration_ttl\":60");
        look();
        var none = manager.send("GET", "/api/alerts").result().path("alerts");
        put("s:soon", ",\"expiration_ttl\":60");
        look();
        var alert = manager.send("GET", "/api/alerts").result().path("alerts").path(0);

        var seen = manager.send("POST", "/api/alerts/" + alert.path("id").asText() + "/ack");

        assertThat(none).isEmpty();
        assertThat(alert.path("value").asInt()).isEqualTo(1);
        assertThat(seen.result().path("alert").path("acknowledged_by").asText()).startsWith("key:");
        assertThat(manager.send("POST", "/api/alerts/none/ack").code()).isEqualTo("alert_not_found");
    }

    @Test
    void what_is_no_rule_is_refused() {
        for (var body : new String[] {
            "{\"name\":\"a\",\"type\":\"expiring_within\",\"seconds\":1}",
            "{\"name\":\"a\",\"type\":\"key_count_over\",\"namespace_id\":\"" + namespace + "\"}",
            "{\"name\":\"a\",\"type\":\"error_rate\",\"percent\":101}",
            "{\"name\":\"a\",\"type\":\"error_rate\",\"percent\":1,\"prefix\":\"x\"}",
            "{\"name\":\"a\",\"type\":\"latency_p99_over\",\"limit\":1}",
            "{\"name\":\"\",\"type\":\"job_failed\"}"
        }) {
            assertThat(manager.send("POST", "/api/alerts/rules", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_job_that_fails_is_told_to_its_owner_and_opens_an_alert() {
        manager.send("POST", "/api/alerts/rules", "{\"name\":\"jobs\",\"type\":\"job_failed\"}");
        var user = manager.send("GET", "/client/v4/user").result().path("email").asText();

        manager.part(Events.class).ended(failedJob(user));
        manager.part(Events.class).ended(failedJob("somebody@else.example"));
        look();

        var told = manager.send("GET", "/api/notifications").result().path("notifications");
        assertThat(manager.send("GET", "/api/alerts?state=open").result().path("alerts"))
                .hasSize(2);
        assertThat(told).hasSize(3);
        assertThat(told.findValuesAsText("kind")).containsExactlyInAnyOrder("job", "alert", "alert");
    }

    @Test
    void the_end_of_every_kind_of_job_is_told_to_its_owner_and_that_of_a_cancelled_one_to_nobody() {
        var user = manager.send("GET", "/client/v4/user").result().path("email").asText();
        var operations = Stream.of(JobKind.values()).map(JobKind::operation).toList();

        operations.forEach(operation -> manager.part(Events.class)
                .ended(job(operation, user).ended(JobStatus.COMPLETED, JsonText.NONE, now())));
        manager.part(Events.class).ended(job("export", user).ended(JobStatus.CANCELLED, JsonText.NONE, now()));

        assertThat(manager.send("GET", "/api/notifications")
                        .result()
                        .path("notifications")
                        .findValuesAsText("title"))
                .containsExactlyInAnyOrderElementsOf(
                        operations.stream().map(one -> one + " completed").toList());
    }

    private Job job(String operation, String user) {
        var id = new JobId("job-" + operation);
        return Job.queued(
                new JobOrder(id, operation, namespace, "owner", user, new JsonText("{}")), JobProgress.NONE, now());
    }

    private Instant now() {
        return clock.instant();
    }

    @Test
    void each_kind_of_rule_and_threshold_opens_an_alert_when_it_is_broken() {
        var of = ",\"namespace_id\":\"" + namespace + "\"";
        rule("\"type\":\"key_count_over\",\"limit\":1" + of);
        rule("\"type\":\"bytes_over\",\"limit\":1" + of);
        rule("\"type\":\"error_rate\",\"percent\":10" + of);
        manager.send(
                "POST", "/api/thresholds", "{\"operation_rate_threshold\":1,\"latency_p99_threshold_ms\":0" + of + "}");
        put("a", "");
        look();
        clock.advance(Duration.ofMinutes(1));
        look();
        var kept = open();

        put("b", "");
        manager.send("GET", "/api/keys/" + namespace + "/list?cursor=altered");
        manager.send("GET", "/api/keys/" + namespace + "/list?cursor=altered");
        clock.advance(Duration.ofMinutes(1));
        look();

        assertThat(kept).isEmpty();
        assertThat(open())
                .containsExactlyInAnyOrder(
                        "key_count_over", "bytes_over", "error_rate", "operation_rate_over", "latency_p99_over");
        clock.advance(Duration.ofMinutes(1));
        look();
        assertThat(open()).containsExactlyInAnyOrder("key_count_over", "bytes_over");
    }

    private void rule(String members) {
        assertThat(manager.send("POST", "/api/alerts/rules", "{\"name\":\"rule\"," + members + "}")
                        .status())
                .isEqualTo(201);
    }

    private List<String> open() {
        return manager.send("GET", "/api/alerts?state=open")
                .result()
                .path("alerts")
                .findValuesAsText("type");
    }

    @Test
    void who_listens_is_told_at_once() throws Exception {
        var frames = new LinkedBlockingQueue<String>();
        var listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                frames.add(data.toString());
                socket.request(1);
                return CompletableFuture.completedStage(data);
            }
        };
        var client = HttpClient.newHttpClient();
        try {
            var address = URI.create(manager.address().toString().replace("http:", "ws:") + "/api/notifications/ws");
            var socket = client.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + ManagerUnderTest.TOKEN)
                    .buildAsync(address, listener)
                    .get(60, TimeUnit.SECONDS);
            var ready = frames.poll(60, TimeUnit.SECONDS);
            manager.send("POST", "/api/alerts/rules", "{\"name\":\"jobs\",\"type\":\"job_failed\"}");
            manager.part(Events.class).ended(failedJob("somebody@else.example"));
            var told = frames.poll(60, TimeUnit.SECONDS);
            socket.sendText("{\"type\":\"ping\"}", true).get(60, TimeUnit.SECONDS);
            var pong = frames.poll(60, TimeUnit.SECONDS);
            socket.abort();

            assertThat(ready).isEqualTo("{\"type\":\"ready\"}");
            assertThat(told).contains("\"type\":\"notification\"").contains("bulk_copy failed: copy-1");
            assertThat(pong).isEqualTo("{\"type\":\"pong\"}");
        } finally {
            // An orderly end would wait for what a failed test has left open.
            client.shutdownNow();
        }
    }

    @Test
    void a_template_fills_a_namespace_with_its_variables_replaced() {
        var made = manager.send(
                "POST",
                "/api/templates",
                "{\"name\":\"app\",\"keys\":[{\"name\":\"{{app}}:config\",\"value\":\"{\\\"app\\\":\\\"{{app}}\\\"}\",\"tags\":[\"x\"]}],"
                    + "\"settings\":{\"alerts\":[{\"name\":\"full\",\"type\":\"key_count_over\",\"limit\":5}]}}");
        var id = made.result().path("template").path("id").asText();
        var target = "/api/templates/" + id + "/apply";

        var missing = manager.send("POST", target, "{\"namespace_id\":\"" + namespace + "\"}");
        var applied = manager.send(
                "POST", target, "{\"namespace_id\":\"" + namespace + "\",\"variables\":{\"app\":\"shop\"}}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json().path("error").asText()).isEqualTo("The variable app has no value");
        assertThat(applied.result().toString()).isEqualTo("{\"keys\":1}");
        assertThat(manager.send("GET", "/api/keys/" + namespace + "/shop:config")
                        .result()
                        .path("value")
                        .asText())
                .isEqualTo("{\"app\":\"shop\"}");
        assertThat(manager.send("GET", "/api/alerts/rules")
                        .result()
                        .path("rules")
                        .path(0)
                        .path("namespace_id")
                        .asText())
                .isEqualTo(namespace);
    }

    @Test
    void a_new_namespace_begins_with_what_a_template_says_or_is_not_made() {
        var id = manager.send(
                        "POST", "/api/templates", "{\"name\":\"app\",\"keys\":[{\"name\":\"k\",\"value\":\"{{v}}\"}]}")
                .result()
                .path("template")
                .path("id")
                .asText();

        var refused = manager.send("POST", "/api/namespaces", "{\"title\":\"NEW\",\"template_id\":\"" + id + "\"}");
        var made = manager.send(
                "POST",
                "/api/namespaces",
                "{\"title\":\"NEW\",\"template_id\":\"" + id + "\",\"variables\":{\"v\":\"1\"}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(manager.send("GET", "/api/keys/" + made.result().path("id").asText() + "/k")
                        .result()
                        .path("value")
                        .asText())
                .isEqualTo("1");
        assertThat(manager.send("POST", "/api/namespaces", "{\"title\":\"X\",\"template_id\":\"none\"}")
                        .code())
                .isEqualTo("template_not_found");
    }

    @Test
    void what_a_template_cannot_do_is_refused() {
        for (var body : new String[] {
            "{\"name\":\"a\",\"keys\":{}}",
            "{\"name\":\"a\",\"keys\":[{\"name\":\"k\"}]}",
            "{\"name\":\"a\",\"keys\":[{\"name\":\"k\",\"value\":\"v\",\"ttl\":59}]}",
            "{\"name\":\"a\",\"settings\":{\"nonsense\":{}}}",
            "{\"name\":\"a\",\"settings\":{\"versioning\":{\"max_versions\":1001}}}",
            "{\"name\":\"a\",\"settings\":{\"alerts\":[{\"name\":\"x\",\"type\":\"nonsense\"}]}}"
        }) {
            assertThat(manager.send("POST", "/api/templates", body).status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_search_is_kept_for_oneself_or_for_all() {
        var made = manager.send(
                "POST", "/api/searches", "{\"name\":\"mine\",\"query\":{\"query\":\"user:\",\"match\":\"prefix\"}}");
        var id = made.result().path("search").path("id").asText();
        var changed = manager.send("PUT", "/api/searches/" + id, "{\"name\":\"ours\",\"query\":{},\"shared\":true}");

        assertThat(made.result().path("search").path("shared").asBoolean()).isFalse();
        assertThat(changed.result().path("search").path("name").asText()).isEqualTo("ours");
        assertThat(manager.send("GET", "/api/searches").result().path("searches"))
                .hasSize(1);
        assertThat(manager.send("POST", "/api/searches", "{\"name\":\"x\",\"query\":{\"a\":1}}")
                        .status())
                .isEqualTo(400);
        assertThat(manager.send("DELETE", "/api/searches/" + id).status()).isEqualTo(200);
        assertThat(manager.send("GET", "/api/searches/" + id).code()).isEqualTo("search_not_found");
    }
}
