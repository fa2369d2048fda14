package io.triport.manager.bulk;

import static io.triport.manager.JobWorld.ended;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyTag;
import io.triport.domain.table.Paging;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.answer.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that change many keys, through the whole manager. */
@Timeout(60)
final class BulkJobsTest {
    private static final NamespaceTitle HERE = new NamespaceTitle("here");
    private static final NamespaceTitle THERE = new NamespaceTitle("there");

    private final JobWorld world = JobWorld.fresh();
    private final String here = world.namespace("here");
    private final String there = world.namespace("there");
    private final ManagerUnderTest manager = world.start();

    @AfterEach
    void stop() {
        manager.close();
    }

    @Test
    void an_order_is_answered_before_it_is_done() {
        put("a", "1");

        var answer = manager.send("POST", "/api/keys/" + here + "/bulk-delete", "{\"keys\":[\"a\",\"b\"]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("success").asBoolean()).isTrue();
        assertThat(answer.result().path("job_id").asText()).matches("delete-[0-9]{13}-[0-9a-z]{13,}");
        assertThat(answer.result().path("status").asText()).isEqualTo("queued");
        assertThat(answer.result().path("ws_url").asText())
                .isEqualTo("/api/jobs/" + answer.result().path("job_id").asText() + "/ws");
        assertThat(answer.result().path("total_keys").asLong()).isEqualTo(2);
    }

    @Test
    void keys_are_deleted_and_absent_ones_are_no_errors() {
        IntStream.range(0, 1_200).forEach(at -> put("key-" + at, "v"));

        var row = done("/api/keys/" + here + "/bulk-delete", keys(0, 1_250));

        assertThat(row.path("status").asText()).isEqualTo("completed");
        assertThat(row.path("operation_type").asText()).isEqualTo("bulk_delete");
        assertThat(row.path("namespace_id").asText()).isEqualTo(here);
        assertThat(row.path("processed_keys").asLong()).isEqualTo(1_250);
        assertThat(row.path("error_count").asLong()).isZero();
        assertThat(row.path("percentage").asInt()).isEqualTo(100);
        assertThat(row.path("started_at").asText()).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z");
        assertThat(store(HERE).get(KvKey.of("key-1199"))).isEmpty();
    }

    @Test
    void what_is_deleted_is_kept_with_all_that_belonged_to_it() {
        put("a", "1");
        label("a", "x");

        done("/api/keys/" + here + "/bulk-delete", "{\"keys\":[\"a\"]}");

        var kept = world.engine().tables().keyHistory().versions(HERE, KvKey.of("a"), Long.MAX_VALUE, 10);
        assertThat(kept).hasSize(1);
        var version = world.engine()
                .tables()
                .keyHistory()
                .find(HERE, KvKey.of("a"), kept.getFirst().number())
                .orElseThrow();
        assertThat(version.entry().value()).isEqualTo(Bytes.utf8("1"));
        assertThat(version.labels().tags()).containsExactly(new KeyTag("x"));
        assertThat(version.operation()).isEqualTo("bulk_delete");
    }

    @Test
    void events_stand_in_the_order_in_which_they_were_each_milestone_once() {
        var job = order("/api/keys/" + here + "/bulk-delete", keys(0, 10));
        ended(manager, job);

        var events = manager.send("GET", "/api/jobs/" + job + "/events").result();

        assertThat(texts(events.path("events"), "event_type"))
                .containsExactly("started", "progress_25", "progress_50", "progress_75", "completed");
        var last = events.path("events").path(4);
        assertThat(last.path("details").isTextual()).isTrue();
        assertThat(Json.parse(last.path("details").asText()).path("processed").asLong())
                .isEqualTo(10);
        assertThat(Json.parse(last.path("details").asText()).path("percentage").asLong())
                .isEqualTo(100);
        assertThat(Json.parse(events.path("events").path(0).path("details").asText())
                        .path("total")
                        .asLong())
                .isEqualTo(10);
        var after = events.path("events").path(2).path("id").asLong();
        assertThat(texts(
                        manager.send("GET", "/api/jobs/" + job + "/events?after=" + after)
                                .result()
                                .path("events"),
                        "event_type"))
                .containsExactly("progress_75", "completed");
    }

    @Test
    void no_keys_make_a_job_that_is_done_with_none() {
        var row = done("/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}");

        assertThat(row.path("status").asText()).isEqualTo("completed");
        assertThat(row.path("total_keys").asLong()).isZero();
        assertThat(row.path("percentage").asInt()).isEqualTo(100);
    }

    @Test
    void a_copy_has_bytes_metadata_expiration_tags_and_custom_metadata() {
        var entry = KvEntry.of(Bytes.parseHex("00ff80"))
                .with(KvMetadata.of("{\"m\":1}"))
                .expiring(Expiry.at(world.clock().instant().plusSeconds(4_000)));
        store(HERE).put(KvKey.of("odd/ name\u00e4"), entry, KvCondition.ANY);
        label("odd/ name\u00e4", "x", "y");

        var row = done(
                "/api/keys/" + here + "/bulk-copy",
                "{\"keys\":[\"odd/ name\u00e4\",\"missing\"],\"target_namespace_id\":\"" + there + "\"}");

        assertThat(row.path("error_count").asLong()).isEqualTo(1);
        var copy = store(THERE).get(KvKey.of("odd/ name\u00e4")).orElseThrow();
        var original = store(HERE).get(KvKey.of("odd/ name\u00e4")).orElseThrow();
        assertThat(copy.value()).isEqualTo(original.value());
        assertThat(copy.metadata()).isEqualTo(original.metadata());
        assertThat(copy.expiry()).isEqualTo(original.expiry());
        assertThat(labels(THERE, "odd/ name\u00e4")).isEqualTo(labels(HERE, "odd/ name\u00e4"));
        assertThat(labels(THERE, "odd/ name\u00e4").tags()).hasSize(2);
    }

    @Test
    void another_lifetime_leaves_bytes_metadata_and_labels_alone() {
        store(HERE)
                .put(
                        KvKey.of("a"),
                        KvEntry.of(Bytes.parseHex("00ff80")).with(KvMetadata.of("{\"m\":1}")),
                        KvCondition.ANY);
        label("a", "x");

        var row = done("/api/keys/" + here + "/bulk-ttl", "{\"keys\":[\"a\",\"missing\"],\"expiration_ttl\":120}");

        assertThat(row.path("operation_type").asText()).isEqualTo("bulk_ttl_update");
        assertThat(row.path("error_count").asLong()).isEqualTo(1);
        var now = store(HERE).get(KvKey.of("a")).orElseThrow();
        assertThat(now.value().toHex()).isEqualTo("00ff80");
        assertThat(now.metadata()).isEqualTo(KvMetadata.of("{\"m\":1}"));
        assertThat(now.expiry()).isInstanceOf(Expiry.At.class);
        assertThat(labels(HERE, "a").tags()).containsExactly(new KeyTag("x"));
    }

    @Test
    void tags_are_added_removed_and_replaced_and_an_absent_key_is_an_item_error() {
        put("a", "1");
        label("a", "x", "y");
        var route = "/api/metadata/" + here + "/bulk-tag";

        done(route, "{\"keys\":[\"a\"],\"tags\":[\"z\",\"x\"],\"operation\":\"add\"}");
        assertThat(labels(HERE, "a").tags()).extracting(KeyTag::text).containsExactly("x", "y", "z");

        done(route, "{\"keys\":[\"a\"],\"tags\":[\"y\"],\"operation\":\"remove\"}");
        assertThat(labels(HERE, "a").tags()).extracting(KeyTag::text).containsExactly("x", "z");

        var job = order(route, "{\"keys\":[\"a\",\"missing\"],\"tags\":[\"n\"]}");
        assertThat(ended(manager, job).path("error_count").asLong()).isEqualTo(1);
        assertThat(labels(HERE, "a").tags()).extracting(KeyTag::text).containsExactly("n");
        var error = manager.send("GET", "/api/jobs/" + job + "/errors")
                .result()
                .path("errors")
                .path(0);
        assertThat(error.path("key").asText()).isEqualTo("missing");
        assertThat(error.path("code").asText()).isEqualTo("key_not_found");
        assertThat(world.engine().tables().keyCatalogue().find(HERE, List.of(KvKey.of("missing"))))
                .isEmpty();
    }

    @Test
    void failed_items_alone_are_done_again() {
        put("a", "1");
        var job = order("/api/keys/" + here + "/bulk-ttl", "{\"keys\":[\"a\",\"late\"],\"expiration_ttl\":120}");
        ended(manager, job);
        put("late", "2");

        var again = manager.send("POST", "/api/jobs/" + job + "/retry").result();

        assertThat(again.path("total_keys").asLong()).isEqualTo(1);
        var row = ended(manager, again.path("job_id").asText());
        assertThat(row.path("processed_keys").asLong()).isEqualTo(1);
        assertThat(row.path("error_count").asLong()).isZero();
        assertThat(store(HERE).get(KvKey.of("late")).orElseThrow().expiry()).isInstanceOf(Expiry.At.class);
    }

    @Test
    void a_filter_stands_for_the_keys_that_it_finds() {
        IntStream.range(0, 1_100).forEach(at -> put("old:" + at, "v"));
        put("new:1", "v");
        label("old:7", "keep");

        var row = done(
                "/api/keys/" + here + "/bulk-delete",
                "{\"filter\":{\"prefix\":\"old:\",\"tags\":[\"keep\"],\"tags_mode\":\"none\"}}");

        assertThat(row.path("processed_keys").asLong()).isEqualTo(1_099);
        assertThat(store(HERE).get(KvKey.of("old:7"))).isPresent();
        assertThat(store(HERE).get(KvKey.of("new:1"))).isPresent();
        assertThat(store(HERE).get(KvKey.of("old:1099"))).isEmpty();
    }

    @Test
    void a_dry_run_counts_and_writes_nothing() {
        put("a", "1");
        store(THERE).put(KvKey.of("a"), KvEntry.of("2"), KvCondition.ANY);

        var told = manager.send(
                        "POST",
                        "/api/keys/" + here + "/bulk-copy?dry_run=true",
                        "{\"keys\":[\"a\",\"b\"],\"target_namespace_id\":\"" + there + "\"}")
                .result();

        assertThat(told.path("existing").asInt()).isEqualTo(1);
        assertThat(told.path("missing").asInt()).isEqualTo(1);
        assertThat(told.path("conflicts").path(0).asText()).isEqualTo("a");
        assertThat(store(THERE).get(KvKey.of("a")).orElseThrow().value()).isEqualTo(Bytes.utf8("2"));
        assertThat(manager.send("GET", "/api/jobs").result().path("total").asInt())
                .isZero();
    }

    @Test
    void a_dry_run_of_a_filter_names_what_would_be_overwritten_too() {
        put("a:1", "1");
        put("a:2", "1");
        put("b:1", "1");
        store(THERE).put(KvKey.of("a:2"), KvEntry.of("2"), KvCondition.ANY);
        store(THERE).put(KvKey.of("b:1"), KvEntry.of("2"), KvCondition.ANY);

        var told = manager.send(
                        "POST",
                        "/api/keys/" + here + "/bulk-copy?dry_run=true",
                        "{\"filter\":{\"prefix\":\"a:\"},\"target_namespace_id\":\"" + there + "\"}")
                .result();

        assertThat(told.path("existing").asInt()).isEqualTo(2);
        assertThat(told.path("conflicting").asInt()).isEqualTo(1);
        assertThat(told.path("conflicts").path(0).asText()).isEqualTo("a:2");
        assertThat(told.path("conflicts_complete").asBoolean()).isTrue();
        assertThat(store(THERE).get(KvKey.of("a:2")).orElseThrow().value()).isEqualTo(Bytes.utf8("2"));
    }

    @Test
    void wrong_types_too_many_keys_and_unknown_namespaces_are_refused() {
        var delete = "/api/keys/" + here + "/bulk-delete";
        assertThat(manager.send("POST", delete, "{\"keys\":[1]}").status()).isEqualTo(400);
        assertThat(manager.send("POST", delete, "{\"keys\":\"a\"}").status()).isEqualTo(400);
        assertThat(manager.send("POST", delete, "[]").status()).isEqualTo(400);
        assertThat(manager.send("POST", delete, "{").code()).isEqualTo("invalid_json");
        assertThat(manager.send("POST", delete, keys(0, 100_001)).status()).isEqualTo(413);
        assertThat(manager.send("POST", "/api/keys/" + "0".repeat(32) + "/bulk-delete", "{\"keys\":[]}")
                        .code())
                .isEqualTo("namespace_not_found");
        assertThat(manager.send("POST", "/api/keys/" + here + "/bulk-ttl", "{\"keys\":[],\"expiration_ttl\":59}")
                        .code())
                .isEqualTo("ttl_too_small");
        assertThat(manager.send("POST", "/api/keys/" + here + "/bulk-ttl", "{\"keys\":[],\"expiration_ttl\":\"60\"}")
                        .status())
                .isEqualTo(400);
        assertThat(manager.send("POST", delete, "{\"filter\":{\"color\":\"red\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_repeated_order_of_one_name_is_one_job() {
        var headers = Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, "Idempotency-Key", "once");
        var route = "/api/keys/" + here + "/bulk-delete";

        var first = manager.send("POST", route, headers, Bytes.utf8("{\"keys\":[\"a\"]}"));
        var second = manager.send("POST", route, headers, Bytes.utf8("{\"keys\":[\"a\"]}"));
        var other = manager.send("POST", route, headers, Bytes.utf8("{\"keys\":[\"b\"]}"));

        assertThat(second.result()).isEqualTo(first.result());
        assertThat(other.status()).isEqualTo(409);
        ended(manager, first.result().path("job_id").asText());
        assertThat(manager.send("GET", "/api/jobs").result().path("total").asInt())
                .isEqualTo(1);
        assertThat(world.files().names()).hasSize(1);
    }

    @Test
    void the_list_is_filtered_sorted_and_paged() {
        var delete = order("/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}");
        ended(manager, delete);
        var expire = order("/api/keys/" + there + "/bulk-ttl", "{\"keys\":[\"missing\"],\"expiration_ttl\":60}");
        ended(manager, expire);

        assertThat(ids("")).containsExactly(expire, delete);
        assertThat(ids("?sort_order=asc")).containsExactly(delete, expire);
        assertThat(ids("?sort_by=error_count&sort_order=bogus")).containsExactly(expire, delete);
        assertThat(ids("?operation_type=bulk_ttl")).containsExactly(expire);
        assertThat(ids("?operation_type=bulk_ttl_update&status=completed")).containsExactly(expire);
        assertThat(ids("?namespace_id=" + here)).containsExactly(delete);
        assertThat(ids("?min_errors=1")).containsExactly(expire);
        assertThat(ids("?job_id=" + delete.substring(8))).containsExactly(delete);
        assertThat(ids("?job_id=%25")).isEmpty();
        assertThat(ids("?limit=1&offset=1")).containsExactly(delete);
        assertThat(ids("?start_date=2100-01-01")).isEmpty();
        assertThat(ids("?end_date=2100-01-01&start_date=2020-01-01T00:00:00Z")).hasSize(2);
        assertThat(manager.send("GET", "/api/jobs?status=nonsense").status()).isEqualTo(400);
        assertThat(manager.send("GET", "/api/jobs?limit=201").status()).isEqualTo(400);
    }

    @Test
    void an_unknown_job_is_not_found_and_a_finished_one_cannot_be_cancelled() {
        assertThat(manager.send("GET", "/api/jobs/delete-1-abc").code()).isEqualTo("job_not_found");
        assertThat(manager.send("GET", "/api/jobs/delete-1-abc/events").code()).isEqualTo("job_not_found");
        assertThat(manager.send("GET", "/api/jobs/no%2Fid").code()).isEqualTo("job_not_found");
        var job = order("/api/keys/" + here + "/bulk-delete", "{\"keys\":[]}");
        ended(manager, job);
        var late = manager.send("POST", "/api/jobs/" + job + "/cancel");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("job_finished");
    }

    @Test
    void the_audit_knows_the_order_and_what_it_came_to() {
        var job = order("/api/keys/" + here + "/bulk-delete", "{\"keys\":[\"a\"]}");
        ended(manager, job);

        var rows = world.engine().tables().auditTrail().page(AuditQuery.all(Paging.first(10)));

        assertThat(rows).hasSize(2);
        var last = Json.parse(rows.getFirst().entry().details().text());
        assertThat(rows.getFirst().entry().operation()).isEqualTo("bulk_delete");
        assertThat(last.path("job_id").asText()).isEqualTo(job);
        assertThat(last.path("status").asText()).isEqualTo("completed");
        assertThat(last.path("processed").asInt()).isEqualTo(1);
    }

    private JsonNode done(String route, String body) {
        return ended(manager, order(route, body));
    }

    private String order(String route, String body) {
        var answer = manager.send("POST", route, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result().path("job_id").asText();
    }

    private List<String> ids(String query) {
        return texts(manager.send("GET", "/api/jobs" + query).result().path("jobs"), "job_id");
    }

    private static List<String> texts(JsonNode rows, String field) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path(field).asText())
                .toList();
    }

    private static String keys(int from, int to) {
        var keys = Json.array();
        IntStream.range(from, to).forEach(at -> keys.add("key-" + at));
        var body = Json.object();
        body.set("keys", keys);
        return body.toString();
    }

    private KeyValueStore store(NamespaceTitle title) {
        return world.engine().keyValue(title);
    }

    private void put(String key, String value) {
        store(HERE).put(KvKey.of(key), KvEntry.of(value), KvCondition.ANY);
    }

    private void label(String key, String... tags) {
        var labels =
                new KeyLabels(List.of(tags).stream().map(KeyTag::new).toList(), new JsonText("{\"owner\":\"me\"}"), "");
        world.engine().tables().keyCatalogue().label(HERE, Map.of(KvKey.of(key), labels));
    }

    private KeyLabels labels(NamespaceTitle title, String key) {
        var found = world.engine().tables().keyCatalogue().find(title, List.of(KvKey.of(key)));
        return found.values().iterator().next().labels();
    }
}
