package io.triport.manager.repeated;

import io.triport.manager.automation.AutomationTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How each route that changes something is called, so that it has something to change. */
final class Repeatable {
    private static final String REMOTE = "/client/v4/accounts/" + Bench.ACCOUNT + "/storage/kv/namespaces";
    private static final String REMOTES = "/client/v4/accounts/{account}/storage/kv/namespaces";
    private static final String QUEUES = "/client/v4/accounts/{account}/queues";
    private static final String DATABASES = "/client/v4/accounts/{account}/d1/database";
    private static final String INDEXES = "/client/v4/accounts/{account}/vectorize/v2/indexes";
    private static final String BUCKETS = "/client/v4/accounts/{account}/r2/buckets";
    private static final String KEYS = "{\"keys\":[\"k\"]";
    private static final String PAIRS = "[{\"key\":\"a\",\"value\":\"1\"}]";

    private final Map<String, Function<Bench, Sent>> calls = new LinkedHashMap<>();

    private Repeatable() {}

    /** By method and path, as the table of routes has them. */
    static Map<String, Function<Bench, Sent>> all() {
        var all = new Repeatable();
        all.namespaces();
        all.keys();
        all.jobs();
        all.backups();
        all.automation();
        all.people();
        all.cloudflare();
        all.databases();
        all.queues();
        all.vectorize();
        all.buckets();
        all.caches();
        return all.calls;
    }

    /** What takes a POST and reads only. */
    static Map<String, Function<Bench, Sent>> reading() {
        var reads = new Repeatable();
        reads.in("POST /api/keys/{ns}/bulk-get", (bench, ns) -> KEYS + "}");
        reads.in("POST /api/import/{ns}/preview", (bench, ns) -> "[]");
        reads.in("POST /api/r2-backup/{ns}/verify", (bench, ns) -> backup(bench.backup(ns)));
        reads.in("POST /api/r2-restore/{ns}/preview", (bench, ns) -> backup(bench.backup(ns)));
        reads.call("POST /api/migrations/apply", bench -> new Sent("/api/migrations/apply", "", ""));
        reads.in("POST " + REMOTES + "/{ns}/bulk/get", (bench, ns) -> KEYS + "}");
        for (var method : List.of("PUT ", "PATCH ")) {
            reads.database(method, "", "{\"read_replication\":{\"mode\":\"disabled\"}}");
        }
        reads.database("POST ", "/export", "{\"output_format\":\"polling\"}");
        reads.queue("POST ", "/messages/peek", (bench, id) -> "{}");
        reads.models();
        reads.searches();
        return reads.calls;
    }

    private void vectorize() {
        call(
                "POST " + INDEXES,
                bench -> new Sent(
                        Bench.INDEXES,
                        "{\"name\":\"" + bench.title() + "\",\"config\":{\"dimensions\":1,\"metric\":\"euclidean\"}}",
                        ""));
        call("DELETE " + INDEXES + "/{index}", bench -> new Sent(Bench.INDEXES + "/" + bench.index(), "", ""));
        looked("/insert", "{\"id\":\"inserted\",\"values\":[1]}");
        looked("/upsert", "{\"id\":\"upserted\",\"values\":[1]}");
        looked("/delete_by_ids", "{\"ids\":[\"kept\"]}");
        looked("/metadata_index/delete", "{\"propertyName\":\"indexed\"}");
        looked("/metadata_index/create", "{\"propertyName\":\"p\",\"indexType\":\"number\"}");
    }

    /** About the index that is looked at. */
    private void looked(String route, String body) {
        call("POST " + INDEXES + "/{index}" + route, bench -> new Sent(Bench.LOOKED + route, body, ""));
    }

    private void buckets() {
        call("POST " + BUCKETS, bench -> new Sent(Bench.BUCKETS, "{\"name\":\"bucket-" + bench.title() + "\"}", ""));
        call("DELETE " + BUCKETS + "/{bucket}", bench -> new Sent(Bench.BUCKETS + "/" + bench.bucket(), "", ""));
        call("PATCH " + BUCKETS + "/{bucket}", bench -> new Sent(Bench.BUCKETS + "/looked", "", ""));
        var one = Bench.BUCKETS + "/looked/objects/";
        call("PUT " + BUCKETS + "/{bucket}/objects/{key...}", bench -> new Sent(one + "new", "v", ""));
        call("DELETE " + BUCKETS + "/{bucket}/objects/{key...}", bench -> new Sent(one + "kept", "", ""));
        var asked = "{\"bucket\":\"data\",\"parentAccessKeyId\":\"PARENT\",\"permission\":\"object-read-only\"}";
        call(
                "POST /client/v4/accounts/{account}/r2/temp-access-credentials",
                bench -> new Sent(Bench.CREDENTIALS, asked, ""));
    }

    private void caches() {
        call(
                "POST /client/v4/zones/{zone}/purge_cache",
                bench -> new Sent("/client/v4/zones/pages/purge_cache", "{\"purge_everything\":true}", ""));
    }

    private void searches() {
        looked("/query", "{\"vector\":[1]}");
        looked("/get_by_ids", "{\"ids\":[\"kept\"]}");
    }

    /** What is charged each time. */
    private void models() {
        asked("/ai/run/{model...}", "/ai/run/echo", "{\"prompt\":\"a\"}");
        var chat = "/ai/v1/chat/completions";
        asked(chat, chat, "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
        asked("/ai/v1/embeddings", "/ai/v1/embeddings", "{\"model\":\"hash\",\"input\":\"a\"}");
        asked("/ai/v1/responses", "/ai/v1/responses", "{\"model\":\"echo\",\"input\":\"a\"}");
    }

    private void asked(String route, String target, String body) {
        call(
                "POST /client/v4/accounts/{account}" + route,
                bench -> new Sent("/client/v4/accounts/" + Bench.ACCOUNT + target, body, ""));
    }

    private void call(String route, Function<Bench, Sent> sent) {
        if (calls.put(route, sent) != null) {
            throw new IllegalStateException(route + " (expected: once)");
        }
    }

    /** About a fresh namespace and its key. */
    private void in(String route, BiFunction<Bench, String, String> body) {
        call(route, bench -> {
            var ns = bench.namespace();
            var target = route.substring(route.indexOf(' ') + 1)
                    .replaceAll("\\{(ns|id)}", ns)
                    .replace("{account}", Bench.ACCOUNT)
                    .replaceAll("\\{key(\\.\\.\\.)?}", "k");
            return new Sent(target, body.apply(bench, ns), ns);
        });
    }

    /** About something that is made before. @param made gives its id */
    private void about(String route, BiFunction<Bench, String, String> made, String body) {
        call(route, bench -> {
            var ns = bench.namespace();
            var target = route.substring(route.indexOf(' ') + 1).replace("{id}", made.apply(bench, ns));
            return new Sent(target, body.replace("@ns", ns), ns);
        });
    }

    private void namespaces() {
        call("POST /api/namespaces", bench -> new Sent("/api/namespaces", "{\"title\":\"" + bench.title() + "\"}", ""));
        in("PATCH /api/namespaces/{id}/rename", (bench, ns) -> "{\"title\":\"" + bench.title() + "\"}");
        in("DELETE /api/namespaces/{id}", (bench, ns) -> "");
        in("PUT /api/namespaces/{ns}/settings", (bench, ns) -> "{\"versioning\":{\"enabled\":true}}");
        in("PUT /api/namespaces/{ns}/color", (bench, ns) -> "{\"color\":\"red\"}");
    }

    private void keys() {
        in("PUT /api/keys/{ns}/{key}", (bench, ns) -> "{\"value\":\"three\"}");
        in("DELETE /api/keys/{ns}/{key}", (bench, ns) -> "");
        in("PUT /api/keys/{ns}/{key}/raw", (bench, ns) -> "three");
        in("DELETE /api/keys/{ns}/{key}/raw", (bench, ns) -> "");
        in("PUT /api/keys/{ns}/{key}/color", (bench, ns) -> "{\"color\":\"red\"}");
        in("POST /api/keys/{ns}/rename", (bench, ns) -> "{\"old_name\":\"k\",\"new_name\":\"l\"}");
        in("PUT /api/metadata/{ns}/{key}", (bench, ns) -> "{\"tags\":[\"t\"]}");
        in("POST /api/backup/{ns}/{key}/undo", (bench, ns) -> "");
        call("POST /api/versions/{ns}/{key}/{version}/restore", bench -> {
            var ns = bench.namespace();
            var version = bench.done("GET", "/api/versions/" + ns + "/k", "")
                    .path("versions")
                    .path(0)
                    .path("version")
                    .asText();
            return new Sent("/api/versions/" + ns + "/k/" + version + "/restore", "", ns);
        });
        in("POST /api/admin/sync-keys/{ns}", (bench, ns) -> "");
    }

    private void jobs() {
        in("POST /api/keys/{ns}/bulk-delete", (bench, ns) -> KEYS + "}");
        in(
                "POST /api/keys/{ns}/bulk-copy",
                (bench, ns) -> KEYS + ",\"target_namespace_id\":\"" + bench.namespace() + "\"}");
        in("POST /api/keys/{ns}/bulk-r2-copy", (bench, ns) -> KEYS + ",\"prefix\":\"p\"}");
        in("POST /api/keys/{ns}/bulk-ttl", (bench, ns) -> KEYS + ",\"expiration_ttl\":60}");
        in("POST /api/metadata/{ns}/bulk-tag", (bench, ns) -> KEYS + ",\"tags\":[\"t\"]}");
        in("POST /api/export/{ns}", (bench, ns) -> "");
        in("POST /api/import/{ns}", (bench, ns) -> "[{\"name\":\"a\",\"value\":\"1\"}]");
        call("POST /api/search", bench -> {
            var ns = bench.namespace();
            return new Sent("/api/search?in=value&query=two&namespaceId=" + ns, "", ns);
        });
        call("POST /api/migrate/keys", bench -> migration(bench, "\"keys\":[\"k\"],"));
        call("POST /api/migrate/namespace", bench -> migration(bench, ""));
        about("POST /api/jobs/{id}/cancel", Bench::running, "");
        about(
                "POST /api/jobs/{id}/retry",
                (bench, ns) -> bench.done(
                                "POST",
                                "/api/keys/" + ns + "/bulk-ttl",
                                "{\"keys\":[\"missing\"],\"expiration_ttl\":60}")
                        .path("job_id")
                        .asText(),
                "");
    }

    private static Sent migration(Bench bench, String keys) {
        var source = bench.namespace();
        var target = bench.namespace();
        return new Sent(
                keys.isEmpty() ? "/api/migrate/namespace" : "/api/migrate/keys",
                "{" + keys + "\"sourceNamespaceId\":\"" + source + "\",\"targetNamespaceId\":\"" + target + "\"}",
                target);
    }

    private void backups() {
        in("POST /api/r2-backup/{ns}", (bench, ns) -> "");
        call("POST /api/r2-backup/batch", bench -> {
            var ns = bench.namespace();
            return new Sent("/api/r2-backup/batch", "{\"namespace_ids\":[\"" + ns + "\"]}", ns);
        });
        in("POST /api/r2-restore/{ns}", (bench, ns) -> backup(bench.backup(ns)));
        call("POST /api/r2-restore/batch", bench -> {
            var ns = bench.namespace();
            return new Sent(
                    "/api/r2-restore/batch", "{\"restore_map\":{\"" + ns + "\":\"" + bench.backup(ns) + "\"}}", ns);
        });
        in("PUT /api/r2-backup/{ns}/retention", (bench, ns) -> "{\"keep\":3}");
        call("DELETE /api/r2-objects/{ns}/{path...}", bench -> {
            var ns = bench.namespace();
            bench.done("POST", "/api/keys/" + ns + "/bulk-r2-copy", KEYS + ",\"prefix\":\"p\"}");
            return new Sent("/api/r2-objects/" + ns + "/p/k", "", ns);
        });
    }

    private static String backup(String path) {
        return "{\"backupPath\":\"" + path + "\"}";
    }

    private void automation() {
        var schedule = "{\"name\":\"nightly\",\"cron\":\"0 3 * * *\",\"job\":{\"type\":\"export\","
                + "\"params\":{\"namespace_id\":\"@ns\"}}}";
        made("/api/schedules", "schedule", schedule, "{\"enabled\":false}");
        about("POST /api/schedules/{id}/run", making("/api/schedules", "schedule", schedule), "");
        var rule = "{\"name\":\"full\",\"type\":\"key_count_over\",\"limit\":0,\"namespace_id\":\"@ns\"}";
        made("/api/alerts/rules", "rule", rule, rule.replace("full", "fuller"));
        about("POST /api/alerts/{id}/ack", Repeatable::alert, "");
        var threshold = "{\"namespace_id\":\"@ns\",\"storage_bytes_threshold\":1000000}";
        about("POST /api/thresholds", (bench, ns) -> "", threshold);
        in("PUT /api/thresholds/{ns}", (bench, ns) -> threshold(bench, ns, "{\"storage_bytes_threshold\":2000000}"));
        in("DELETE /api/thresholds/{ns}", (bench, ns) -> threshold(bench, ns, ""));
        var search = "{\"name\":\"mine\",\"query\":{\"query\":\"k\"}}";
        made("/api/searches", "search", search, search.replace("mine", "ours"));
        var template = "{\"name\":\"app\",\"keys\":[{\"name\":\"t\",\"value\":\"v\",\"tags\":[\"x\"]}],"
                + "\"settings\":{\"versioning\":{\"enabled\":true},"
                + "\"alerts\":[{\"name\":\"full\",\"type\":\"key_count_over\",\"limit\":5}]}}";
        made("/api/templates", "template", template, template.replace("app", "apps"));
        about(
                "POST /api/templates/{id}/apply",
                making("/api/templates", "template", template),
                "{\"namespace_id\":\"@ns\"}");
        var hook = "{\"name\":\"one\",\"url\":\"http://127.0.0.1:9/\",\"events\":[\"job_failed\"],\"secret\":\"s\"}";
        made("/api/webhooks", "webhook", hook, "{\"enabled\":false}");
        about("POST /api/webhooks/{id}/test", making("/api/webhooks", "webhook", hook), "");
    }

    private static String threshold(Bench bench, String ns, String body) {
        bench.done("POST", "/api/thresholds", "{\"namespace_id\":\"" + ns + "\",\"storage_bytes_threshold\":1000000}");
        return body;
    }

    private static String alert(Bench bench, String ns) {
        bench.done(
                "POST",
                "/api/alerts/rules",
                "{\"name\":\"a\",\"type\":\"key_count_over\",\"limit\":0,\"namespace_id\":\"" + ns + "\"}");
        bench.manager().fallDue(AutomationTask.WATCH);
        for (var alert : bench.done("GET", "/api/alerts?state=open", "").path("alerts")) {
            if (alert.path("namespace_id").asText().equals(ns)) {
                return alert.path("id").asText();
            }
        }
        throw new AssertionError("there is no alert");
    }

    /** Made, changed and deleted by routes of the usual form. */
    private void made(String all, String name, String body, String change) {
        about("POST " + all, (bench, ns) -> "", body);
        about("PUT " + all + "/{id}", making(all, name, body), change);
        about("DELETE " + all + "/{id}", making(all, name, body), "");
    }

    private static BiFunction<Bench, String, String> making(String all, String name, String body) {
        return (bench, ns) -> bench.done("POST", all, body.replace("@ns", ns))
                .path(name)
                .path("id")
                .asText();
    }

    private void people() {
        var grant = "{\"subject\":{\"type\":\"user\",\"name\":\"ann@example.org\"},\"role\":\"viewer\"}";
        made("/api/roles", "grant", grant, grant.replace("viewer", "editor"));
        var key = "{\"name\":\"ci\",\"role\":\"viewer\",\"namespaces\":\"n*\"}";
        call("POST /api/api-keys", bench -> new Sent("/api/api-keys", key, ""));
        call("DELETE /api/api-keys/{id}", bench -> {
            var id = bench.done("POST", "/api/api-keys", key).path("id").asText();
            return new Sent("/api/api-keys/" + id, "", "");
        });
    }

    private void cloudflare() {
        call("POST " + REMOTES, bench -> new Sent(REMOTE, "{\"title\":\"" + bench.title() + "\"}", ""));
        in("PUT " + REMOTES + "/{ns}", (bench, ns) -> "{\"title\":\"" + bench.title() + "\"}");
        in("DELETE " + REMOTES + "/{ns}", (bench, ns) -> "");
        in("PUT " + REMOTES + "/{ns}/values/{key...}", (bench, ns) -> "three");
        in("DELETE " + REMOTES + "/{ns}/values/{key...}", (bench, ns) -> "");
        in("PUT " + REMOTES + "/{ns}/bulk", (bench, ns) -> PAIRS);
        in("DELETE " + REMOTES + "/{ns}/bulk", (bench, ns) -> "[\"k\"]");
        in("POST " + REMOTES + "/{ns}/bulk/delete", (bench, ns) -> "[\"k\"]");
    }

    /** About a fresh queue and its message. */
    private void queue(String method, String what, BiFunction<Bench, String, String> body) {
        call(method + QUEUES + "/{queue}" + what, bench -> {
            var id = bench.queue();
            return new Sent(Bench.QUEUES + "/" + id + what, body.apply(bench, id), "");
        });
    }

    private void consumer(String method, String body) {
        call(method + QUEUES + "/{queue}/consumers/{consumer}", bench -> {
            var id = bench.queue();
            return new Sent(Bench.QUEUES + "/" + id + "/consumers/" + bench.consumer(id), body, "");
        });
    }

    private void queues() {
        var consumer = "{\"type\":\"http_pull\",\"settings\":{\"max_retries\":1}}";
        call("POST " + QUEUES, bench -> new Sent(Bench.QUEUES, "{\"queue_name\":\"" + bench.title() + "\"}", ""));
        queue("PUT ", "", (bench, id) -> "{\"settings\":{\"delivery_delay\":5}}");
        queue("PATCH ", "", (bench, id) -> "{\"settings\":{\"delivery_paused\":true}}");
        queue("DELETE ", "", (bench, id) -> "");
        queue("POST ", "/purge", (bench, id) -> "{\"delete_messages_permanently\":true}");
        queue("POST ", "/messages", (bench, id) -> "{\"body\":\"two\"}");
        queue("POST ", "/messages/batch", (bench, id) -> "{\"messages\":[{\"body\":\"two\"}]}");
        queue("POST ", "/messages/pull", (bench, id) -> "{}");
        queue("POST ", "/messages/ack", (bench, id) -> "{\"acks\":[{\"lease_id\":\"" + bench.lease(id) + "\"}]}");
        queue("POST ", "/messages/purge", (bench, id) -> "{\"refs\":[{\"ref\":\"" + bench.ref(id) + "\"}]}");
        queue("POST ", "/consumers", (bench, id) -> consumer);
        consumer("PUT ", consumer);
        consumer("DELETE ", "");
    }

    /** About a fresh database. */
    private void database(String method, String what, String body) {
        call(
                method + DATABASES + "/{database}" + what,
                bench -> new Sent(Bench.DATABASES + "/" + bench.database() + what, body, ""));
    }

    private void databases() {
        call("POST " + DATABASES, bench -> new Sent(Bench.DATABASES, "{\"name\":\"" + bench.title() + "\"}", ""));
        database("DELETE ", "", "");
        database("POST ", "/query", "{\"sql\":\"insert into t values (1) returning rowid\"}");
        database("POST ", "/raw", "{\"sql\":\"insert into t values (1) returning rowid\"}");
        call("POST " + DATABASES + "/{database}/import", bench -> {
            var path = Bench.DATABASES + "/" + bench.database() + "/import";
            return new Sent(path, bench.sent(path), "");
        });
        call("POST " + DATABASES + "/{database}/time_travel/restore", bench -> {
            var path = Bench.DATABASES + "/" + bench.database() + "/time_travel/";
            return new Sent(path + "restore?bookmark=" + bench.bookmark(path), "", "");
        });
    }
}
