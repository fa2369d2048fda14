package io.triport.storage.table;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.RequestId;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.AuditRow;
import io.triport.domain.table.JsonText;
import io.triport.storage.jdbc.BytesConverter;
import io.triport.storage.jdbc.Moments;

/** A row of audit_entry. */
@MappedEntity("audit_entry")
record StoredAudit(
        @Id long id,
        String namespace,

        @TypeDef(type = DataType.BYTE_ARRAY, converter = BytesConverter.class)
        Bytes key,

        String operation,
        String userName,
        String source,
        String request,
        long at,
        String details,
        String previousHash,
        String hash) {
    static StoredAudit of(AuditRow row) {
        var entry = row.entry();
        return new StoredAudit(
                row.id(),
                entry.place().namespace(),
                Bytes.utf8(entry.place().key()),
                entry.operation(),
                entry.user(),
                entry.source().text(),
                entry.request().text(),
                Moments.millis(entry.at()),
                entry.details().text(),
                row.previousHash(),
                row.hash());
    }

    AuditRow row() {
        var entry = new AuditEntry(
                new AuditPlace(namespace, key.toUtf8()),
                operation,
                userName,
                AuditEntry.Source.parse(source),
                new RequestId(request),
                Moments.moment(at),
                new JsonText(details));
        return new AuditRow(id, entry, previousHash, hash);
    }
}
