package io.triport.manager.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.KeyLabels;
import io.triport.domain.table.KeyRecord;
import io.triport.manager.answer.Json;
import io.triport.manager.route.Author;
import io.triport.manager.schema.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A unit of writes on the keys of a namespace, with what belongs to them: what was before, what must be, and what the audit is told. */
public record KeyUnit(KeySpace space, Author by, Namespace namespace, Instant now, KeyPolicy policy) {
    private static final int FOUND_AT_ONCE = 1_000;

    public KeyValueStore store() {
        return space.keys();
    }

    KeyHistory history() {
        return space.storage().keyHistory(by.grant());
    }

    KeyLabels labels(KvKey key) {
        var found = space.records(List.of(key)).get(key);
        return found == null ? KeyLabels.NONE : found.labels();
    }

    void label(KvKey key, KeyLabels labels) {
        space.catalogue().label(namespace.title(), Map.of(key, labels));
    }

    /** What the namespace's rules say against a value. */
    public Optional<Violation> violated(KvKey key, Bytes value) {
        return policy.rules().violated(key, value);
    }

    /** @throws io.triport.manager.answer.Refused SCHEMA_VIOLATED */
    void require(KvKey key, KvEntry entry) {
        violated(key, entry.value()).ifPresent(violation -> {
            throw violation.refused();
        });
    }

    /** Keeps what a key is, since it will not be any more. */
    void keep(KvKey key, KvEntry present, String operation) {
        keep(List.of(kept(key, present, labels(key), operation)));
    }

    /** The same of those of many keys that are live. */
    void keepAll(List<KvKey> keys, String operation) {
        // In their order, in which bulk writes beside this unit go too: nobody then waits in a circle.
        var inOrder = keys.stream().distinct().sorted().toList();
        for (var from = 0; from < inOrder.size(); from += FOUND_AT_ONCE) {
            keep(space.records(inOrder.subList(from, Math.min(inOrder.size(), from + FOUND_AT_ONCE))), operation);
        }
    }

    /** The same of keys that were looked up in this unit. */
    public void keep(Map<KvKey, KeyRecord> records, String operation) {
        space.eachRead(records, entries -> keep(records, entries, operation));
    }

    /** The same of entries that were read in this unit. */
    public void keep(Map<KvKey, KeyRecord> records, Map<KvKey, KvEntry> entries, String operation) {
        var versions = new ArrayList<KeptVersion>();
        entries.forEach((key, entry) -> {
            var known = records.get(key);
            if (known != null) {
                versions.add(kept(key, entry, known.labels(), operation));
            }
        });
        keep(versions);
    }

    private KeptVersion kept(KvKey key, KvEntry present, KeyLabels labels, String operation) {
        var until = policy.retention().until(now);
        return new KeptVersion(0, key, present, labels, operation, by.user(), now, until);
    }

    private void keep(List<KeptVersion> versions) {
        if (versions.isEmpty()) {
            return;
        }
        history().keep(namespace.title(), versions);
        policy.retention()
                .most()
                .ifPresent(most -> versions.forEach(version -> history().trim(namespace.title(), version.key(), most)));
    }

    void tell(String operation, KvKey key) {
        tell(operation, AuditPlace.of(namespace.id(), key), JsonText.NONE);
    }

    void tell(String operation, KvKey key, ObjectNode details) {
        tell(operation, AuditPlace.of(namespace.id(), key), new JsonText(details.toString()));
    }

    /** Tells the audit of something about no one key. */
    public void tell(String operation, ObjectNode details) {
        tell(operation, AuditPlace.of(namespace.id()), new JsonText(details.toString()));
    }

    static ObjectNode counted(int total, BulkOutcome outcome) {
        return Json.object()
                .put("total", total)
                .put("processed", outcome.done())
                .put("errors", outcome.failed().size());
    }

    private void tell(String operation, AuditPlace place, JsonText details) {
        by.tell(space.storage(), operation, place, now, details);
    }
}
