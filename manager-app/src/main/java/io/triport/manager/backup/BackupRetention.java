package io.triport.manager.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.manager.access.SettingKind;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long backups of a namespace are kept. The newest one always is.
 *
 * @param most 0 for any number
 * @param age zero for as long as somebody wants
 */
public record BackupRetention(int most, Duration age) {
    private static final BackupRetention FOR_EVER = new BackupRetention(0, Duration.ZERO);
    private static final int MOST = 10_000;

    /** A hundred years, in seconds. */
    private static final long LONGEST = 3_155_760_000L;

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public static BackupRetention read(Fields fields) {
        var most = fields.whole("keep").orElse(0);
        var age = fields.whole("max_age").orElse(0);
        if (most < 0 || most > MOST) {
            throw Fields.invalid("keep", "0.." + MOST);
        }
        if (age < 0 || age > LONGEST) {
            throw Fields.invalid("max_age", "0.." + LONGEST);
        }
        return new BackupRetention((int) most, Duration.ofSeconds(age));
    }

    public static BackupRetention of(Settings settings, String namespace) {
        return settings.find(name(namespace))
                .map(document -> Json.parse(document.content().text()))
                .map(node -> new BackupRetention(
                        node.path("keep").asInt(),
                        Duration.ofSeconds(node.path("max_age").asLong())))
                .orElse(FOR_EVER);
    }

    public void keep(Settings settings, String namespace) {
        settings.put(name(namespace), new JsonText(json().toString()), Settings.WHATEVER);
    }

    private static DocumentName name(String namespace) {
        return new DocumentName(SettingKind.BACKUP_RETENTION.text(), namespace);
    }

    public ObjectNode json() {
        return Json.object().put("keep", most).put("max_age", age.toSeconds());
    }

    /**
     * Removes what is beyond it, told in the audit before.
     *
     * @param user in whose name
     * @return how many were removed
     */
    public int apply(Storage storage, Grant system, BackupStore backups, String namespace, String user, Instant now) {
        var gone = beyond(backups.list(namespace), now);
        if (gone.isEmpty()) {
            return 0;
        }
        var paths = Json.array();
        gone.forEach(path -> paths.add(path.text()));
        var details = Json.object().put("total", gone.size()).set("paths", paths);
        storage.auditTrail(system)
                .append(List.of(new AuditEntry(
                        AuditPlace.of(new NamespaceId(namespace)),
                        "r2_backup_remove",
                        user,
                        AuditEntry.Source.SCHEDULE,
                        system.request(),
                        now,
                        new JsonText(details.toString()))));
        backups.remove(gone);
        return gone.size();
    }

    /** @param kept the newest first */
    private List<BackupPath> beyond(List<BackupStore.Kept> kept, Instant now) {
        var gone = new ArrayList<BackupPath>();
        for (var at = 1; at < kept.size(); at++) {
            var made = Instant.ofEpochMilli(kept.get(at).path().millis());
            if (most > 0 && at >= most || !age.isZero() && made.plus(age).isBefore(now)) {
                gone.add(kept.get(at).path());
            }
        }
        return gone;
    }
}
