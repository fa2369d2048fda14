package io.triport.domain.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.RequestId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditVerdictTest {
    private final List<AuditRow> rows = new ArrayList<>();

    AuditVerdictTest() {
        var hash = "";
        for (var id = 1; id <= 4; id++) {
            var row = AuditRow.behind(hash, id, entry("update"));
            rows.add(row);
            hash = row.hash();
        }
    }

    @Test
    void a_chain_holds_from_its_anchor_on() {
        assertThat(AuditVerdict.of(AuditAnchor.NONE, rows).holds()).isTrue();
        assertThat(AuditVerdict.of(AuditAnchor.at(rows.get(1)), rows.subList(2, 4)))
                .isEqualTo(new AuditVerdict(2, 0, AuditAnchor.at(rows.get(1))));
    }

    @Test
    void an_entry_that_was_taken_out_in_front_shows() {
        assertThat(AuditVerdict.of(AuditAnchor.NONE, rows.subList(1, 4)).brokenAt())
                .isEqualTo(2);
        assertThat(AuditVerdict.of(AuditAnchor.at(rows.get(0)), rows.subList(2, 4))
                        .brokenAt())
                .isEqualTo(3);
    }

    @Test
    void an_entry_that_was_put_in_place_of_the_first_shows() {
        var forged = AuditRow.behind("", 2, entry("create"));

        assertThat(AuditVerdict.of(AuditAnchor.at(rows.get(0)), List.of(forged)).brokenAt())
                .isEqualTo(2);
    }

    private static AuditEntry entry(String operation) {
        return new AuditEntry(
                AuditPlace.NONE,
                operation,
                "ann@example.com",
                AuditEntry.Source.API,
                new RequestId("r-1"),
                Instant.EPOCH,
                JsonText.NONE);
    }
}
