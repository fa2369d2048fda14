package io.triport.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyTag;
import io.triport.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportReaderTest {
    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");

    @Test
    void an_array_lines_and_a_single_object_are_told_apart_by_what_they_are() {
        assertThat(format("[{\"name\":\"a\",\"value\":\"1\"}]")).isEqualTo("json");
        assertThat(format("{\"name\":\"a\",\"value\":\"1\"}\n{\"name\":\"b\",\"value\":\"2\"}\n"))
                .isEqualTo("ndjson");
        assertThat(format(" \n{\"name\":\"a\",\"value\":\"1\"}")).isEqualTo("object");
        assertThat(format("[{\"key\":\"a\",\"value\":\"1\"}]")).isEqualTo("wrangler");
        assertThat(rows("[]")).isEmpty();
    }

    @Test
    void all_fields_of_an_item_are_read_in_any_order() {
        var item = item("""
            [{"tags":["x","y","x"],"value":"v","custom_metadata":{"a" : [1.50, null]},"metadata": {"n":1e3},
              "expiration":1767225700,"ttl":10,"unknown":{"deep":[1]},"name":"odd/ name"}]\
            """);

        assertThat(item.key()).isEqualTo(KvKey.of("odd/ name"));
        assertThat(item.value()).isEqualTo(Bytes.utf8("v"));
        assertThat(item.expiry()).isEqualTo(Expiry.at(Instant.ofEpochSecond(1_767_225_700)));
        assertThat(item.metadata().json()).isEqualTo(Bytes.utf8("{\"n\":1e3}"));
        assertThat(item.custom()).isEqualTo(new JsonText("{\"a\":[1.50,null]}"));
        assertThat(item.tags()).containsExactly(new KeyTag("x"), new KeyTag("y"));
    }

    @Test
    void the_bulk_form_of_wrangler_is_read() {
        var item = item(
                "[{\"key\":\"a\",\"value\":\"AP8=\",\"base64\":true,\"expiration_ttl\":60,\"metadata\":{\"a\":1}}]");

        assertThat(item.value().toHex()).isEqualTo("00ff");
        assertThat(item.expiry()).isEqualTo(Expiry.after(Duration.ofSeconds(60)));
    }

    @Test
    void base64_is_read_whichever_field_says_so() {
        assertThat(item("{\"name\":\"a\",\"value\":\"AP8=\",\"encoding\":\"base64\"}")
                        .value()
                        .toHex())
                .isEqualTo("00ff");
        assertThat(item("{\"encoding\":\"utf8\",\"name\":\"a\",\"value\":\"AP8=\"}")
                        .value())
                .isEqualTo(Bytes.utf8("AP8="));
    }

    @Test
    void a_value_that_is_no_text_is_stored_as_its_json_and_counted() {
        var rows = rows("[{\"name\":\"a\",\"value\":{\"b\": [1.0, true]}},{\"name\":\"b\",\"value\":null}]");

        assertThat(rows).allMatch(row -> row instanceof ImportRow.Valid valid && valid.coerced());
        assertThat(((ImportRow.Valid) rows.getFirst()).item().value()).isEqualTo(Bytes.utf8("{\"b\":[1.0,true]}"));
        assertThat(((ImportRow.Valid) rows.getLast()).item().value()).isEqualTo(Bytes.utf8("null"));
    }

    @Test
    void an_item_whose_time_is_over_is_told_apart() {
        assertThat(rows("{\"name\":\"a\",\"value\":\"v\",\"expiration\":1767225600}")
                        .getFirst())
                .isEqualTo(new ImportRow.Expired(0, 1, KvKey.of("a")));
        assertThat(rows("{\"name\":\"a\",\"value\":\"v\",\"expiration\":1767225601}")
                        .getFirst())
                .isInstanceOf(ImportRow.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TTL_TOO_SMALL {'name':'a','value':'v','ttl':59}",
                "TTL_TOO_SMALL {'name':'a','value':'v','expiration_ttl':-1,'expiration':99999999999}",
                "INVALID_ARGUMENT {'name':'a','value':'v','ttl':'60'}",
                "INVALID_ARGUMENT {'name':'a','value':'v','ttl':60.5}",
                "INVALID_ARGUMENT {'name':'a','value':'v','ttl':99999999999999999999}",
                "INVALID_ARGUMENT {'value':'v'}",
                "INVALID_ARGUMENT {'name':'a'}",
                "INVALID_ARGUMENT {'name':{'b':1},'value':'v'}",
                "INVALID_ARGUMENT {'name':'','value':'v'}",
                "INVALID_ARGUMENT {'name':'..','value':'v'}",
                "INVALID_ARGUMENT {'name':'\\ud800','value':'v'}",
                "INVALID_ARGUMENT {'name':'a','value':'\\ud800'}",
                "INVALID_ARGUMENT {'name':'a','value':{'b':'\\udc00'}}",
                "INVALID_ARGUMENT {'name':'a','value':'!','encoding':'base64'}",
                "INVALID_ARGUMENT {'name':'a','value':1,'base64':true}",
                "INVALID_ARGUMENT {'name':'a','value':'v','encoding':'hex'}",
                "INVALID_ARGUMENT {'name':'a','value':'v','tags':'x'}",
                "INVALID_ARGUMENT {'name':'a','value':'v','tags':['x',{'y':[1]}]}",
                "INVALID_ARGUMENT {'name':'a','value':'v','tags':['x,y']}",
                "INVALID_ARGUMENT {'name':'a','value':'v','custom_metadata':[]}",
                "INVALID_ARGUMENT 'text'",
                "INVALID_ARGUMENT [{'name':'a'}]"
            })
    void an_item_that_breaks_a_rule_is_an_item_error_and_the_rest_is_read(String example) {
        var fault = ItemFault.valueOf(example.substring(0, example.indexOf(' ')));
        var item = example.substring(example.indexOf(' ') + 1).replace('\'', '"');

        var rows = rows("[{\"name\":\"before\",\"value\":\"v\"},\n" + item + ",{\"name\":\"after\",\"value\":\"v\"}]");

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOfSatisfying(ImportRow.Invalid.class, invalid -> {
            assertThat(invalid.fault()).isEqualTo(fault);
            assertThat(invalid.line()).isEqualTo(2);
            assertThat(invalid.reason()).isNotBlank();
        });
        assertThat(rows.get(2)).isInstanceOf(ImportRow.Valid.class);
    }

    @Test
    void what_is_too_long_is_an_item_error_and_not_kept() {
        var rows = rows("{\"name\":\"" + "n".repeat(513) + "\",\"value\":\"v\"}\n"
                + "{\"name\":\"m\",\"value\":\"v\",\"metadata\":{\"a\":\"" + "\u00e4".repeat(600) + "\"}}\n"
                + "{\"name\":\"c\",\"value\":\"v\",\"custom_metadata\":{\"a\":\"" + "x".repeat(1 << 20) + "\"}}\n"
                + "{\"name\":\"v\",\"value\":\"" + "x".repeat(BoundedStrings.MOST + 9) + "\"}\n"
                + "{\"name\":\"j\",\"value\":[\"" + "x".repeat(KvLimits.VALUE_BYTES) + "\"]}\n"
                + "{\"name\":\"fits\",\"value\":\"" + "x".repeat(KvLimits.VALUE_BYTES) + "\"}");

        assertThat(rows)
                .extracting(row -> row instanceof ImportRow.Invalid invalid ? invalid.fault() : null)
                .containsExactly(
                        ItemFault.KEY_TOO_LONG,
                        ItemFault.METADATA_TOO_LARGE,
                        ItemFault.METADATA_TOO_LARGE,
                        ItemFault.VALUE_TOO_LARGE,
                        ItemFault.VALUE_TOO_LARGE,
                        null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:1 ",
                "2:1 \n",
                "1:1 hello",
                "1:1 \"text\"",
                "2:2 [\n }",
                "1:25 {'name':'a','value':'v',}",
                "2:1 {'name':'a','value':'v'}\n[]",
                "2:1 [{'name':'a','value':'v'}]\n{}",
                "1:19 {'name':'a','name':'b'}"
            })
    void a_file_that_is_no_json_is_refused_with_the_place(String example) {
        var place = example.substring(0, example.indexOf(' '));
        var file = example.substring(example.indexOf(' ') + 1).replace('\'', '"');

        assertThatThrownBy(() -> rows(file))
                .isInstanceOfSatisfying(
                        ImportInvalid.class,
                        e -> assertThat(e.line() + ":" + e.column()).isEqualTo(place));
    }

    @Test
    void what_is_cut_off_not_utf8_too_deep_or_of_another_encoding_is_refused() {
        refused("[{\"name\":\"a\",\"value\":\"v\"}".getBytes(StandardCharsets.UTF_8));
        refused("{\"name\":\"a\",\"value\":\"v\"}\n{\"na".getBytes(StandardCharsets.UTF_8));
        refused("{\"name\":\"\u00e4\",\"value\":\"v\"}".getBytes(StandardCharsets.ISO_8859_1));
        refused("{\"name\":\"a\",\"value\":\"v\"}".getBytes(StandardCharsets.UTF_16LE));
        refused("{\"name\":\"a\",\"value\":\"v\"}".getBytes(StandardCharsets.UTF_16));
        refused(("{\"name\":\"a\",\"value\":" + "[".repeat(64) + "]".repeat(64) + "}")
                .getBytes(StandardCharsets.UTF_8));
        refused(("{\"name\":\"a\",\"value\":" + "1".repeat(101) + "}").getBytes(StandardCharsets.UTF_8));
    }

    private void refused(byte[] file) {
        assertThatThrownBy(() -> rows(file)).isInstanceOf(ImportInvalid.class);
    }

    private String format(String file) {
        try (var reader = reader(file.getBytes(StandardCharsets.UTF_8))) {
            while (reader.next() != null) {
                // To its end.
            }
            return reader.format();
        }
    }

    private TransferItem item(String file) {
        return ((ImportRow.Valid) rows(file).getFirst()).item();
    }

    private List<ImportRow> rows(String file) {
        return rows(file.getBytes(StandardCharsets.UTF_8));
    }

    private List<ImportRow> rows(byte[] file) {
        var rows = new ArrayList<ImportRow>();
        try (var reader = reader(file)) {
            for (var row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private ImportReader reader(byte[] file) {
        return new ImportReader(new ByteArrayInputStream(file), clock);
    }
}
