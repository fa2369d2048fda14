package io.triport.manager.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyTag;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class RoundTripTest {
    private static final List<String> JSON =
            List.of("", "{}", "{\"a\":[1.50,1e9,-0,true,null,\"\u00e4\\n\"]}", "\"text\"", "[[]]", "0");

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");

    @Property
    void what_was_written_is_read_back_equal(
            @ForAll("items") List<TransferItem> items, @ForAll ExportFormat format, @ForAll("cuts") int cut) {
        var file = Bytes.EMPTY;
        var writer = new ItemWriter(format, clock, 0);
        for (var item : items) {
            writer.write(item);
            if (writer.size() > cut) {
                file = file.concat(writer.take());
                writer = new ItemWriter(format, clock, writer.written());
            }
        }
        writer.end();
        file = file.concat(writer.take());

        assertThat(read(file)).isEqualTo(items);
    }

    @Test
    void an_array_is_set_one_item_a_line_and_says_how_long_each_lives() {
        var writer = new ItemWriter(ExportFormat.JSON, clock, 0);

        writer.write(item("a", Bytes.utf8("1"), Expiry.at(clock.in(Duration.ofSeconds(90)))));
        writer.write(item("b", Bytes.parseHex("ff"), Expiry.NEVER));
        writer.end();

        assertThat(writer.take().toUtf8()).isEqualTo("""
            [
            {"name":"a","value":"1","expiration":1767225690,"ttl":90},
            {"name":"b","value":"/w==","encoding":"base64"}
            ]
            """);
    }

    @Test
    void a_file_without_items_is_still_a_file() {
        var array = new ItemWriter(ExportFormat.JSON, clock, 0);
        var lines = new ItemWriter(ExportFormat.NDJSON, clock, 0);

        array.end();
        lines.end();

        assertThat(array.take().toUtf8()).isEqualTo("[]\n");
        assertThat(lines.take()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void metadata_of_several_lines_stands_on_one() {
        var writer = new ItemWriter(ExportFormat.NDJSON, clock, 0);

        writer.write(withMetadata("{\n\"a\" : 1 }"));

        assertThat(writer.take().toUtf8()).isEqualTo("{\"name\":\"k\",\"value\":\"\",\"metadata\":{\"a\":1}}\n");
    }

    @Test
    void an_item_with_metadata_that_is_no_json_leaves_no_trace() {
        var writer = new ItemWriter(ExportFormat.JSON, clock, 0);

        for (var json : List.of("{", "1 2", "a")) {
            assertThatThrownBy(() -> writer.write(withMetadata(json))).isInstanceOf(InvalidInput.class);
        }

        assertThat(writer.size()).isZero();
        assertThat(writer.written()).isZero();
    }

    @Provide
    Arbitrary<List<TransferItem>> items() {
        var name = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(text -> sound(text) && !text.equals(".") && !text.equals(".."));
        var value = Arbitraries.oneOf(
                Arbitraries.strings().filter(RoundTripTest::sound).map(Bytes::utf8),
                Arbitraries.bytes().array(byte[].class).map(Bytes::copyOf));
        var expiry = Arbitraries.longs()
                .between(0, 10_000_000)
                .map(seconds -> seconds == 0
                        ? Expiry.NEVER
                        : Expiry.at(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds)));
        var json = Arbitraries.of(JSON).map(Bytes::utf8);
        var custom = Arbitraries.of(JSON.subList(0, 3)).map(JsonText::new);
        var tags = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text -> sound(text)
                        && !text.isBlank()
                        && text.chars().noneMatch(c -> c == ',' || Character.isISOControl(c)))
                .map(KeyTag::new)
                .list()
                .uniqueElements()
                .ofMaxSize(5);
        return Combinators.combine(name, value, expiry, json, custom, tags)
                .as((n, v, e, m, c, t) -> new TransferItem(KvKey.of(n), v, e, new KvMetadata(m), c, t))
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.of(0, 200, Integer.MAX_VALUE);
    }

    private static boolean sound(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static TransferItem item(String name, Bytes value, Expiry expiry) {
        return new TransferItem(KvKey.of(name), value, expiry, KvMetadata.NONE, JsonText.NONE, List.of());
    }

    private static TransferItem withMetadata(String json) {
        return new TransferItem(
                KvKey.of("k"), Bytes.EMPTY, Expiry.NEVER, KvMetadata.of(json), JsonText.NONE, List.of());
    }

    private List<TransferItem> read(Bytes file) {
        var items = new ArrayList<TransferItem>();
        if (file.isEmpty()) {
            return items;
        }
        try (var reader = new ImportReader(file.toInputStream(), clock)) {
            for (var row = reader.next(); row != null; row = reader.next()) {
                items.add(((ImportRow.Valid) row).item());
            }
        }
        return items;
    }
}
