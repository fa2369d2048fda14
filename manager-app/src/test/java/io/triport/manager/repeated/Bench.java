package io.triport.manager.repeated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A manager with something of everything, and a look at all of it. */
final class Bench implements AutoCloseable {
    private static final int MOST_LOOKS = 20_000;

    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private static final String YAML = """
        triport:
          manager:
            session-keys: ["${env:SESSION_KEY}"]
            api-key-pepper: ["${env:PEPPER}"]
            webhooks: {allowed-addresses: [127.0.0.0/8]}
        """;

    /** What shows that something was changed; the id of a namespace in the place of the star. */
    private static final List<String> LOOKS = List.of(
            "/api/audit/all?limit=1000",
            "/api/namespaces",
            "/api/schedules",
            "/api/webhooks",
            "/api/searches",
            "/api/templates",
            "/api/alerts/rules",
            "/api/alerts",
            "/api/thresholds",
            "/api/roles",
            "/api/api-keys",
            "/api/jobs?limit=200",
            "/api/namespaces/colors",
            "/api/namespaces/*/settings",
            "/api/keys/*/list",
            "/api/keys/*/colors",
            "/api/keys/*/k",
            "/api/metadata/*/k",
            "/api/versions/*/k",
            "/api/r2-backup/*/list",
            "/api/r2-backup/*/retention",
            "/api/r2-objects/*");

    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world;
    private final ManagerUnderTest manager;
    private int made;

    Bench() {
        this.world = JobWorld.at(clock);
        this.manager = ManagerUnderTest.start(YAML, clock, world);
    }

    ManagerUnderTest manager() {
        return manager;
    }

    /** So that a change shows by its time. */
    void pass() {
        clock.advance(Duration.ofSeconds(1));
    }

    Answer send(String method, Sent sent, String name) {
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN));
        headers.put("Idempotency-Key", name);
        return manager.send(method, sent.target(), headers, Bytes.utf8(sent.body()));
    }

    /** All that may be seen of a namespace and of what has none. */
    List<String> seen(String namespace) {
        var seen = new ArrayList<String>();
        for (var look : LOOKS) {
            if (!look.contains("*") || !namespace.isEmpty()) {
                var answer = manager.send("GET", look.replace("*", namespace));
                seen.add(look + " " + (answer.status() == 200 ? answer.text() : answer.code()));
            }
        }
        return seen;
    }

    /** Waits for the job that an answer tells of, if it does. */
    void settle(Answer answer) {
        var json = answer.json();
        for (var job : List.of(
                json.path("result").path("job_id"),
                json.path("jobId"),
                json.path("result").path("run").path("job_id"))) {
            if (job.isTextual() && !job.asText().endsWith("stays")) {
                ended(job.asText());
            }
        }
    }

    private void ended(String job) {
        for (var tries = 0; tries < MOST_LOOKS; tries++) {
            if (!manager.send("GET", "/api/jobs/" + job)
                    .result()
                    .path("status")
                    .asText()
                    .matches("queued|running")) {
                return;
            }
        }
        throw new AssertionError("the job does not end: " + job);
    }

    /** Does it without a name. */
    JsonNode done(String method, String target, String body) {
        var answer = manager.send(method, target, body);
        assertThat(answer.status())
                .as(method + " " + target + " " + answer.text())
                .isBetween(200, 299);
        settle(answer);
        return answer.json().path("result");
    }

    /** A title that nobody has. */
    String title() {
        return "n" + made++;
    }

    /** A namespace with a key that was changed once. */
    String namespace() {
        var id = done("POST", "/api/namespaces", "{\"title\":\"" + title() + "\"}")
                .path("id")
                .asText();
        done("PUT", "/api/keys/" + id + "/k", "{\"value\":\"one\"}");
        pass();
        done("PUT", "/api/keys/" + id + "/k", "{\"value\":\"two\"}");
        return id;
    }

    /** A backup of a namespace. */
    String backup(String namespace) {
        pass();
        done("POST", "/api/r2-backup/" + namespace, "");
        return done("GET", "/api/r2-backup/" + namespace + "/list", "")
                .path(0)
                .path("path")
                .asText();
    }

    /** A job of the caller that no runner does. */
    String running(String namespace) {
        var like = done("POST", "/api/export/" + namespace, "").path("job_id").asText();
        var jobs = world.engine().tables().jobLedger();
        var order = jobs.find(new JobId(like)).orElseThrow().order();
        var id = new JobId("export-" + made++ + "-stays");
        var stays =
                new JobOrder(id, order.operation(), order.namespace(), order.owner(), order.user(), order.parameters());
        jobs.add(Job.queued(stays, JobProgress.NONE, clock.instant()).started(clock.instant()));
        return id.text();
    }

    @Override
    public void close() {
        manager.close();
    }
}
