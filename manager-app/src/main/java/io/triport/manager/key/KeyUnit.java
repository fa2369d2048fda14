package io.triport.manager.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.route.Author;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One write with what belongs to it: what was before, and what the audit is told. */
record KeyUnit(Storage unit, Author by, Namespace namespace, Instant now, Retention retention) {
    private static final int FOUND_AT_ONCE = 1_000;

    static KeyUnit of(Storage unit, Author by, Namespace namespace, Instant now) {
        return new KeyUnit(unit, by, namespace, now, Retention.of(unit.settings(by.grant()), namespace.id()));
    }

    KeyValueStore store() {
        return unit.keyValue(by.grant(), namespace.title());
    }

    KeyHistory history() {
        return unit.keyHistory(by.grant());
    }

    KeyLabels labels(KvKey key) {
        var found = unit.keyCatalogue(by.grant())
                .find(namespace.title(), List.of(key))
                .get(key);
        return found == null ? KeyLabels.NONE : found.labels();
    }

    void label(KvKey key, KeyLabels labels) {
        unit.keyCatalogue(by.grant()).label(namespace.title(), Map.of(key, labels));
    }

    /** Keeps what a key is, since it will not be any more. */
    void keep(KvKey key, KvEntry present, String operation) {
        keep(List.of(kept(key, present, labels(key), operation)));
    }

    /** The same of those of many keys that are live, in reads of what one read may bring. */
    void keepAll(List<KvKey> keys, String operation) {
        for (var from = 0; from < keys.size(); from += FOUND_AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + FOUND_AT_ONCE));
            var records = unit.keyCatalogue(by.grant()).find(namespace.title(), some);
            var together = new ArrayList<KeyRecord>();
            var bytes = 0L;
            for (var found : records.values()) {
                if (together.size() == KvLimits.GET_MANY_KEYS || bytes + found.size() > KvLimits.GET_MANY_BYTES) {
                    keepFound(together, operation);
                    together.clear();
                    bytes = 0;
                }
                together.add(found);
                bytes += found.size();
            }
            keepFound(together, operation);
        }
    }

    private void keepFound(List<KeyRecord> found, String operation) {
        if (found.isEmpty()) {
            return;
        }
        var entries = store().getMany(found.stream().map(KeyRecord::key).toList(), KvRead.FRESH);
        var versions = new ArrayList<KeptVersion>();
        for (var one : found) {
            var entry = entries.get(one.key());
            if (entry != null) {
                versions.add(kept(one.key(), entry, one.labels(), operation));
            }
        }
        keep(versions);
    }

    private KeptVersion kept(KvKey key, KvEntry present, KeyLabels labels, String operation) {
        return new KeptVersion(0, key, present, labels, operation, by.user(), now, retention.until(now));
    }

    private void keep(List<KeptVersion> versions) {
        history().keep(namespace.title(), versions);
        retention
                .most()
                .ifPresent(most -> versions.forEach(version -> history().trim(namespace.title(), version.key(), most)));
    }

    void tell(String operation, KvKey key) {
        tell(operation, AuditPlace.of(namespace.id(), key), JsonText.NONE);
    }

    void tell(String operation, KvKey key, ObjectNode details) {
        tell(operation, AuditPlace.of(namespace.id(), key), new JsonText(details.toString()));
    }

    void tellAll(String operation, int total, BulkOutcome outcome) {
        var details = Json.object()
                .put("total", total)
                .put("processed", outcome.done())
                .put("errors", outcome.failed().size());
        tell(operation, AuditPlace.of(namespace.id()), new JsonText(details.toString()));
    }

    private void tell(String operation, AuditPlace place, JsonText details) {
        unit.auditTrail(by.grant())
                .append(List.of(new AuditEntry(
                        place, operation, by.user(), by.source(), by.grant().request(), now, details)));
    }
}
