package io.triport.manager.bulk;

import static io.triport.manager.JobWorld.ended;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyTag;
import io.triport.manager.JobWorld;
import io.triport.manager.ManagerUnderTest;
import io.triport.manager.answer.Json;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports and imports, through the whole manager. */
@Timeout(120)
final class TransferJobsTest {
    private static final NamespaceTitle HERE = new NamespaceTitle("here");
    private static final NamespaceTitle THERE = new NamespaceTitle("there");
    private static final Map<String, String> TOKEN = Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN);

    private final JobWorld world = JobWorld.fresh();
    private final String here = world.namespace("here");
    private final String there = world.namespace("there");
    private final ManagerUnderTest manager = world.start();

    @AfterEach
    void stop() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson"})
    void an_export_read_into_an_empty_namespace_makes_an_equal_one(String format) {
        var later = world.clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(5_000);
        put("text", KvEntry.of("line\nand \u0000 \u2028 \uD83D\uDE00 \"quoted\""));
        put("binary", KvEntry.of(Bytes.parseHex("00ff80c328")));
        put("empty", KvEntry.of(""));
        put("large", KvEntry.of("\u00e4".repeat(KvLimits.VALUE_BYTES / 2)));
        put("odd/../name %2F \u00e4\uD83D\uDE00,\"", KvEntry.of("odd"));
        put("list", KvEntry.of("v"));
        put(
                "described",
                KvEntry.of("v")
                        .with(KvMetadata.of("{\"n\":1.50,\"big\":1e400}"))
                        .expiring(Expiry.at(later)));
        world.engine()
                .tables()
                .keyCatalogue()
                .label(
                        HERE,
                        Map.of(
                                KvKey.of("described"),
                                new KeyLabels(
                                        List.of(new KeyTag("z"), new KeyTag("a")),
                                        new JsonText("{\"owner\":{\"name\":\"\u00e4\"}}"),
                                        "")));

        var file = manager.send("GET", row(export(format)).path("download_url").asText());
        var imported = imported(there, "", file.body());

        assertThat(imported.path("status").asText()).isEqualTo("completed");
        assertThat(imported.path("error_count").asLong()).isZero();
        for (var key : List.of("text", "binary", "empty", "large", "odd/../name %2F \u00e4\uD83D\uDE00,\"", "list")) {
            same(key);
        }
        same("described");
        assertThat(labels(THERE)).isEqualTo(labels(HERE));
    }

    @Test
    void a_download_has_a_name_a_length_and_ranges() {
        put("a", KvEntry.of("1"));
        var row = row(export("ndjson"));
        var route = row.path("download_url").asText();

        assertThat(row.path("format").asText()).isEqualTo("ndjson");
        var whole = manager.send("GET", route);
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(whole.header("content-disposition"))
                .matches("attachment; filename=\"here-[0-9]{8}-[0-9]{6}\\.ndjson\"");
        assertThat(whole.header("content-length"))
                .isEqualTo(Integer.toString(whole.body().size()));
        assertThat(whole.text()).isEqualTo("{\"name\":\"a\",\"value\":\"1\"}\n");
        var part = manager.send("GET", route, with("Range", "bytes=1-6"), Bytes.EMPTY);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("\"name\"");
        assertThat(part.header("content-range"))
                .isEqualTo("bytes 1-6/" + whole.body().size());
        assertThat(manager.send("GET", route, with("Range", "bytes=900-"), Bytes.EMPTY)
                        .status())
                .isEqualTo(416);
        assertThat(manager.send("GET", route, with("If-None-Match", whole.header("etag")), Bytes.EMPTY)
                        .status())
                .isEqualTo(304);
        assertThat(manager.send("GET", route).text()).isEqualTo(whole.text());
    }

    @Test
    void only_a_completed_export_can_be_downloaded() {
        var imported = manager.send("POST", "/api/import/" + here, "[]")
                .result()
                .path("job_id")
                .asText();
        ended(manager, imported);

        assertThat(manager.send("GET", "/api/jobs/" + imported + "/download").code())
                .isEqualTo("export_not_found");
        assertThat(manager.send("GET", "/api/jobs/export-1-unknown/download").code())
                .isEqualTo("job_not_found");
        assertThat(manager.send("GET", "/api/export/" + here + "?format=xml").status())
                .isEqualTo(400);
    }

    @Test
    void who_asks_for_the_head_alone_begins_no_export() {
        assertThat(manager.send("HEAD", "/api/export/" + here).status()).isEqualTo(405);
        assertThat(manager.send("GET", "/api/jobs").result().path("total").asInt())
                .isZero();
    }

    @Test
    void a_file_that_cannot_be_read_is_refused_before_a_job_exists() {
        var answer = manager.send("POST", "/api/import/" + here, "[{\"name\":\"a\",\"value\":\"1\"},\n{\"name\"}]");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("import_invalid");
        assertThat(answer.json().path("details").path("line").asInt()).isEqualTo(2);
        assertThat(answer.json().path("details").path("column").asInt()).isEqualTo(8);
        assertThat(manager.send("GET", "/api/jobs").result().path("total").asInt())
                .isZero();
        assertThat(world.files().names()).isEmpty();
        assertThat(world.engine().keyValue(HERE).get(KvKey.of("a"))).isEmpty();
    }

    @Test
    void an_item_that_breaks_a_limit_takes_no_other_one_down() {
        var row = imported(here, "", Bytes.utf8("""
            [{"name":"good","value":"1"},
             {"name":"short","value":"1","ttl":59},
             {"name":"gone","value":"1","expiration":1000},
             {"name":"number","value":42},
             {"name":"twice","value":"first"},
             {"name":"twice","value":"last"}]\
            """));

        assertThat(row.path("status").asText()).isEqualTo("completed");
        assertThat(row.path("total_keys").asLong()).isEqualTo(6);
        assertThat(row.path("processed_keys").asLong()).isEqualTo(6);
        assertThat(row.path("error_count").asLong()).isEqualTo(1);
        var result = row.path("result");
        assertThat(result.path("expired").asLong()).isEqualTo(1);
        assertThat(result.path("coerced").asLong()).isEqualTo(1);
        assertThat(result.path("duplicates").asLong()).isEqualTo(1);
        assertThat(result.path("written").asLong()).isEqualTo(3);
        assertThat(value("twice")).isEqualTo("last");
        assertThat(value("number")).isEqualTo("42");
        assertThat(value("good")).isEqualTo("1");
        var errors = manager.send("GET", "/api/jobs/" + row.path("job_id").asText() + "/errors");
        assertThat(errors.result().path("errors").path(0).path("code").asText()).isEqualTo("ttl_too_small");
        assertThat(errors.result().path("errors").path(0).path("key").asText()).isEqualTo("short");
    }

    @Test
    void a_key_that_is_there_is_overwritten_skipped_or_stops_all() {
        put("a", KvEntry.of("old"));
        var file = Bytes.utf8("{\"name\":\"new\",\"value\":\"1\"}\n{\"name\":\"a\",\"value\":\"2\"}\n");

        var failed = imported(here, "?collision=fail", file);
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("error").asText()).isNotBlank();
        assertThat(world.engine().keyValue(HERE).get(KvKey.of("new"))).isEmpty();

        var skipped = imported(here, "?collision=skip", file);
        assertThat(skipped.path("result").path("skipped").asLong()).isEqualTo(1);
        assertThat(value("a")).isEqualTo("old");
        assertThat(value("new")).isEqualTo("1");

        imported(here, "", file);
        assertThat(value("a")).isEqualTo("2");
        assertThat(world.engine().tables().keyHistory().versions(HERE, KvKey.of("a"), Long.MAX_VALUE, 10))
                .hasSize(1);
        assertThat(manager.send("POST", "/api/import/" + here + "?collision=merge", "[]")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void the_events_of_an_import_say_what_was_skipped() {
        put("a", KvEntry.of("old"));
        var row = imported(
                here,
                "?collision=skip",
                Bytes.utf8("{\"name\":\"a\",\"value\":\"1\"}\n{\"name\":\"b\",\"value\":\"2\"}\n"));

        var events = manager.send("GET", "/api/jobs/" + row.path("job_id").asText() + "/events")
                .result()
                .path("events");

        assertThat(events.findValuesAsText("event_type"))
                .containsExactly("started", "progress_25", "progress_50", "progress_75", "completed");
        for (var at = 1; at < 5; at++) {
            var details = Json.parse(events.path(at).path("details").asText());
            assertThat(details.path("skipped").asInt(-1)).isEqualTo(1);
            assertThat(details.path("processed").asInt()).isEqualTo(2);
            assertThat(details.path("errors").asInt(-1)).isZero();
        }
    }

    @Test
    void a_preview_tells_what_would_happen_and_keeps_nothing() {
        put("a", KvEntry.of("old"));

        var told = manager.send("POST", "/api/import/" + here + "/preview?collision=skip", """
            {"name":"a","value":"12"}
            {"name":"b","value":"3"}
            {"name":"b","value":"4"}
            {"name":"c","value":"5","ttl":1}
            {"name":"d","value":"6","expiration":1}
            """)
                .result();

        assertThat(told.path("format").asText()).isEqualTo("ndjson");
        assertThat(told.path("items").asLong()).isEqualTo(5);
        assertThat(told.path("new").asLong()).isEqualTo(1);
        assertThat(told.path("existing").asLong()).isEqualTo(1);
        assertThat(told.path("duplicates").asLong()).isEqualTo(1);
        assertThat(told.path("expired").asLong()).isEqualTo(1);
        assertThat(told.path("bytes").asLong()).isEqualTo(4);
        assertThat(told.path("invalid").path(0).path("line").asInt()).isEqualTo(4);
        assertThat(told.path("sample").path(0).path("name").asText()).isEqualTo("a");
        assertThat(world.files().names()).isEmpty();
        assertThat(manager.send("GET", "/api/jobs").result().path("total").asInt())
                .isZero();
    }

    @Test
    void failed_items_of_an_import_are_read_again_from_its_file() {
        var row = imported(
                here, "", Bytes.utf8("{\"name\":\"a\",\"value\":\"1\"}\n{\"name\":\"b\",\"value\":\"1\",\"ttl\":1}\n"));

        var again = manager.send("POST", "/api/jobs/" + row.path("job_id").asText() + "/retry")
                .result();

        assertThat(again.path("total_keys").asLong()).isEqualTo(1);
        var second = row(again.path("job_id").asText());
        assertThat(second.path("processed_keys").asLong()).isEqualTo(1);
        assertThat(second.path("error_count").asLong()).isEqualTo(1);
    }

    private String export(String format) {
        var answer = manager.send("GET", "/api/export/" + here + "?format=" + format);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.result().path("job_id").asText()).startsWith("export-");
        return answer.result().path("job_id").asText();
    }

    private JsonNode imported(String namespace, String query, Bytes file) {
        var answer = manager.send("POST", "/api/import/" + namespace + query, TOKEN, file);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return row(answer.result().path("job_id").asText());
    }

    private JsonNode row(String job) {
        return ended(manager, job);
    }

    private static Map<String, String> with(String name, String value) {
        return Map.of("Authorization", "Bearer " + ManagerUnderTest.TOKEN, name, value);
    }

    private void put(String key, KvEntry entry) {
        world.engine().keyValue(HERE).put(KvKey.of(key), entry, KvCondition.ANY);
    }

    private String value(String key) {
        return world.engine()
                .keyValue(HERE)
                .get(KvKey.of(key))
                .orElseThrow()
                .value()
                .toUtf8();
    }

    private void same(String key) {
        var before = world.engine().keyValue(HERE).get(KvKey.of(key)).orElseThrow();
        var after = world.engine().keyValue(THERE).get(KvKey.of(key)).orElseThrow();
        assertThat(after.value()).isEqualTo(before.value());
        assertThat(after.metadata()).isEqualTo(before.metadata());
        assertThat(after.expiry()).isEqualTo(before.expiry());
    }

    private KeyLabels labels(NamespaceTitle title) {
        var key = KvKey.of("described");
        var found =
                world.engine().tables().keyCatalogue().find(title, List.of(key)).values();
        return found.iterator().next().labels();
    }
}
