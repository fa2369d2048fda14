package io.triport.storage.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.RequestId;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.AuditQuery;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.Paging;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Units over keys and tables in a process that is killed: the one half runs in it, the other looks at what it leaves. */
public final class KilledUnits {
    private static final NamespaceTitle TITLE = new NamespaceTitle("KILLED");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private KilledUnits() {}

    /** Writes without end, and tells each answered unit. */
    public static void write(StorageEngine engine, PrintStream out) {
        engine.resources().create(TITLE);
        for (var number = 0; number >= 0; number++) {
            var key = KvKey.of("k" + number);
            engine.together(unit -> {
                unit.keyValue(TITLE).put(key, KvEntry.of("v"), KvCondition.ANY);
                unit.tables().keyCatalogue().label(TITLE, Map.of(key, KeyLabels.NONE.colored("red")));
                unit.tables().keyHistory().keep(TITLE, List.of(version(key)));
                unit.tables().auditTrail().append(List.of(entry(key)));
                return key;
            });
            out.println("written " + number);
            out.flush();
        }
    }

    /** Each answered unit is there with all that it wrote, and none is there in part. */
    public static void assertWhole(StorageEngine engine, List<Integer> answered) {
        var tables = engine.tables();
        var last = answered.getLast();
        for (var number = 0; number <= last + 1; number++) {
            var key = KvKey.of("k" + number);
            var there = engine.keyValue(TITLE).get(key).isPresent();
            var row = tables.keyCatalogue().find(TITLE, List.of(key));
            var audited = tables.auditTrail()
                    .page(new AuditQuery(
                            "",
                            "",
                            "",
                            key.text(),
                            "",
                            "",
                            Instant.MIN,
                            Instant.MAX,
                            Long.MAX_VALUE,
                            Paging.first(10)));

            assertThat(there || number > last).isTrue();
            assertThat(row).hasSize(there ? 1 : 0);
            assertThat(row.values()).allMatch(record -> record.labels().color().equals("red"));
            assertThat(tables.keyHistory().versions(TITLE, key, Long.MAX_VALUE, 10))
                    .hasSize(there ? 1 : 0);
            assertThat(audited).extracting(AuditRow::entry).hasSize(there ? 1 : 0);
        }
        assertThat(tables.auditTrail().verify().holds()).isTrue();
        assertThat(tables.keyCatalogue().totals(TITLE).keys()).isBetween(last + 1L, last + 2L);
    }

    private static KeptVersion version(KvKey key) {
        return new KeptVersion(0, key, KvEntry.of("old"), KeyLabels.NONE, "update", "a", NOW, Instant.MAX);
    }

    private static AuditEntry entry(KvKey key) {
        return new AuditEntry(
                new AuditPlace("", key.text()),
                "create",
                "a",
                AuditEntry.Source.API,
                new RequestId("r"),
                NOW,
                JsonText.NONE);
    }
}
