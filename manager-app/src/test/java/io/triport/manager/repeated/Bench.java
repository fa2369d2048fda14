package io.triport.manager.repeated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.storage.sql.SqlFiles;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A manager with something of everything, and a look at all of it. */
final class Bench implements AutoCloseable {
    private static final int MOST_LOOKS = 20_000;

    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    static final String QUEUES = "/client/v4/accounts/" + ACCOUNT + "/queues";

    static final String DATABASES = "/client/v4/accounts/" + ACCOUNT + "/d1/database";

    private static final String ACCOUNTS = "/client/v4/accounts/";
    private static final String ZONES = "/client/v4/zones/";

    static final String INDEXES = ACCOUNTS + ACCOUNT + "/vectorize/v2/indexes";

    /** An index with a vector. */
    static final String LOOKED = INDEXES + "/looked";

    static final String BUCKETS = "/client/v4/accounts/" + ACCOUNT + "/r2/buckets";

    /** Of an object proxy, and told to the audit alone. */
    static final String CREDENTIALS = ACCOUNTS + ACCOUNT + "/r2/temp-access-credentials";

    /** What a world has by Cloudflare's API, or is given. */
    private static final List<String> IN_WORLD =
            List.of(ACCOUNTS + ACCOUNT + "/storage/", DATABASES, QUEUES, CREDENTIALS);

    private static final String YAML = """
        triport:
          manager:
            session-keys: ["${env:SESSION_KEY}"]
            link-keys: ["${env:SESSION_KEY}"]
            api-key-pepper: ["${env:PEPPER}"]
            webhooks: {allowed-addresses: [127.0.0.0/8]}
            vectors: {enabled: true}
            caches: [pages]
            object-proxy: {session-token-key: "${env:SESSION_TOKEN_KEY}", parents: [PARENT]}
            models: {echo: {task: text-generation, adapter: echo}, hash: {task: text-embeddings, adapter: hash}}
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
            "/api/r2-objects/*",
            INDEXES,
            LOOKED + "/list",
            LOOKED + "/metadata_index/list",
            BUCKETS + "?per_page=1000",
            BUCKETS + "/looked/objects");

    private final SettableClock clock = SettableClock.anywhere();
    private final JobWorld world;
    private final SqlFiles databases;
    private final ManagerUnderTest manager;

    /** For what lies beside the engine, which a world does not have. */
    private final ManagerUnderTest beside;

    private int made;
    private String queue = "";

    Bench() {
        this.world = JobWorld.at(clock);
        this.databases = SqlFiles.open(folder(), SqlLimits.USUAL, clock, Ticker.system(), Randomness.system());
        this.manager = ManagerUnderTest.start(YAML, clock, world, databases);
        this.beside = ManagerUnderTest.start(YAML, clock);
        index("looked");
        done("POST", LOOKED + "/metadata_index/create", "{\"propertyName\":\"indexed\",\"indexType\":\"string\"}");
        bucket("looked");
        done("PUT", BUCKETS + "/looked/objects/kept", "v");
        done("POST", LOOKED + "/insert", "{\"id\":\"kept\",\"values\":[1]}");
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target"), "databases-of-the-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        if (sent.target().startsWith(BUCKETS)) {
            headers.put("cf-r2-storage-class", "InfrequentAccess");
        }
        return of(sent.target()).send(method, sent.target(), headers, Bytes.utf8(sent.body()));
    }

    private ManagerUnderTest of(String target) {
        var inWorld = target.startsWith(ACCOUNTS)
                ? IN_WORLD.stream().anyMatch(target::startsWith)
                : !target.startsWith(ZONES);
        return inWorld ? manager : beside;
    }

    /** All that may be seen of a namespace and of what has none. */
    List<String> seen(String namespace) {
        var seen = new ArrayList<String>();
        for (var look : LOOKS) {
            if (!look.contains("*") || !namespace.isEmpty()) {
                var answer = of(look).send("GET", look.replace("*", namespace));
                seen.add(look + " " + (answer.status() == 200 ? answer.text() : answer.code()));
            }
        }
        if (!queue.isEmpty()) {
            seen.add(manager.send("POST", QUEUES + "/" + queue + "/messages/peek", "{}")
                    .text());
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
        var answer = of(target).send(method, target, body);
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

    /** A queue with a message, which is looked at from now on. @return its id */
    String queue() {
        queue = done("POST", QUEUES, "{\"queue_name\":\"" + title() + "\"}")
                .path("queue_id")
                .asText();
        done("POST", QUEUES + "/" + queue + "/messages", "{\"body\":\"one\"}");
        return queue;
    }

    /** A lease of the message of a queue. */
    String lease(String id) {
        return done("POST", QUEUES + "/" + id + "/messages/pull", "{}")
                .path("messages")
                .path(0)
                .path("lease_id")
                .asText();
    }

    /** The ref of the message of a queue. */
    String ref(String id) {
        return done("POST", QUEUES + "/" + id + "/messages/peek", "{}")
                .path("messages")
                .path(0)
                .path("ref")
                .asText();
    }

    /** A consumer of a queue. @return its id */
    String consumer(String id) {
        return done("POST", QUEUES + "/" + id + "/consumers", "{\"type\":\"http_pull\"}")
                .path("consumer_id")
                .asText();
    }

    /** A database with a table. @return its id */
    String database() {
        var id = done("POST", DATABASES, "{\"name\":\"" + title() + "\"}")
                .path("uuid")
                .asText();
        done("POST", DATABASES + "/" + id + "/query", "{\"sql\":\"create table t (n)\"}");
        return id;
    }

    /** Of the present state of a database. @param path of its past */
    String bookmark(String path) {
        return done("GET", path + "bookmark", "").path("bookmark").asText();
    }

    /** Of a file of statements that was sent. @param path of the imports of a database @return what runs it */
    String sent(String path) {
        // The MD5 of what follows.
        var etag = "\"etag\":\"edfce077d95ce1dd73658648fb3649b4\"";
        var begun = done("POST", path, "{\"action\":\"init\"," + etag + "}");
        var url = begun.path("upload_url").asText();
        var link = url.substring(manager.address().toString().length());
        manager.send("PUT", link, Map.of(), Bytes.utf8("insert into t values (1)"));
        return "{\"action\":\"ingest\"," + etag + ",\"filename\":" + begun.path("filename") + "}";
    }

    /** The name of a fresh index. */
    String index() {
        return index(title());
    }

    private String index(String name) {
        done("POST", INDEXES, "{\"name\":\"" + name + "\",\"config\":{\"dimensions\":1,\"metric\":\"euclidean\"}}");
        return name;
    }

    /** The name of a fresh bucket. */
    String bucket() {
        return bucket("bucket-" + title());
    }

    private String bucket(String name) {
        done("POST", BUCKETS, "{\"name\":\"" + name + "\"}");
        return name;
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
        databases.close();
        beside.close();
    }
}
