package io.triport.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AuditChainTest {
    private final AuditChain chain = new AuditChain(AuditLink.NONE);
    private final List<AuditRecord> records = new ArrayList<>(IntStream.range(0, 5)
            .mapToObj(i -> chain.link(record("record-" + i)))
            .toList());

    @Test
    void linked_records_hold() {
        assertThat(AuditChain.holds(records)).isTrue();
        assertThat(records.getFirst().number(AuditColumn.SEQ)).hasValue(1);
        assertThat(records.getFirst().text(AuditColumn.PREV_HASH)).contains("0".repeat(64));
    }

    @Test
    void a_chain_continues_behind_its_last_link() {
        var last = records.getLast();
        var link = new AuditLink(5, last.text(AuditColumn.HASH).orElseThrow());

        records.add(new AuditChain(link).link(record("later")));

        assertThat(AuditChain.holds(records)).isTrue();
    }

    @Test
    void a_record_that_was_changed_shows() {
        for (var column : List.of(AuditColumn.PATH, AuditColumn.USER_ID, AuditColumn.REASON)) {
            var forged = new ArrayList<>(records);
            forged.set(2, records.get(2).with().text(column, "other").build());

            assertThat(AuditChain.holds(forged)).isFalse();
        }
    }

    @Test
    void text_that_moves_from_one_column_to_the_next_shows() {
        var moved = records.get(2)
                .with()
                .text(AuditColumn.METHOD, "")
                .text(AuditColumn.PATH, "GET/path")
                .build();
        records.set(2, moved);

        assertThat(AuditChain.holds(records)).isFalse();
    }

    @Test
    void a_record_that_was_left_out_or_moved_shows() {
        var without = new ArrayList<>(records);
        without.remove(2);
        var swapped = new ArrayList<>(records);
        swapped.set(1, records.get(2));
        swapped.set(2, records.get(1));

        assertThat(AuditChain.holds(without)).isFalse();
        assertThat(AuditChain.holds(swapped)).isFalse();
    }

    @Test
    void columns_have_a_kind() {
        var record = records.getFirst();

        assertThatThrownBy(() -> record.text(AuditColumn.STATUS)).hasMessageStartingWith("STATUS");
        assertThatThrownBy(() -> record.number(AuditColumn.PATH)).hasMessageStartingWith("PATH");
        assertThatThrownBy(() -> AuditRecord.builder("", Instant.EPOCH)).hasMessageStartingWith("id");
        assertThat(record.toString()).isEqualTo("AuditRecord[record-0]");
    }

    private static AuditRecord record(String id) {
        return AuditRecord.builder(id, Instant.EPOCH)
                .text(AuditColumn.USER_ID, "u")
                .text(AuditColumn.METHOD, "GET")
                .text(AuditColumn.PATH, "/path")
                .number(AuditColumn.STATUS, 200)
                .build();
    }
}
