package io.triport.storage.table;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyLabels;
import io.triport.storage.jdbc.BytesConverter;
import io.triport.storage.jdbc.Moments;

/** A row of key_version. */
@MappedEntity("key_version")
record StoredVersion(
        @Id long number,
        String namespace,

        @TypeDef(type = DataType.BYTE_ARRAY, converter = BytesConverter.class)
        Bytes key,

        @TypeDef(type = DataType.BYTE_ARRAY, converter = BytesConverter.class)
        Bytes value,

        @TypeDef(type = DataType.BYTE_ARRAY, converter = BytesConverter.class)
        Bytes metadata,

        long size,
        long expiresAt,
        long version,
        String tags,
        String custom,
        String color,
        String operation,
        String userName,
        long at,
        long keptUntil) {
    static StoredVersion of(long number, String namespace, KeptVersion kept) {
        var entry = kept.entry();
        var labels = kept.labels();
        return new StoredVersion(
                number,
                namespace,
                kept.key().bytes(),
                entry.value(),
                entry.metadata().json(),
                entry.value().size(),
                Moments.millis(entry.expiry()),
                entry.version().number(),
                Tagging.text(labels.tags()),
                labels.custom().text(),
                labels.color(),
                kept.operation(),
                kept.user(),
                Moments.millis(kept.at()),
                Moments.millis(kept.keptUntil()));
    }

    KeptVersion kept() {
        var entry = new KvEntry(value, new KvMetadata(metadata), Moments.expiry(expiresAt), new KvVersion(version));
        var labels = new KeyLabels(Tagging.tags(tags), new JsonText(custom), color);
        return new KeptVersion(
                number,
                new KvKey(key),
                entry,
                labels,
                operation,
                userName,
                Moments.moment(at),
                Moments.moment(keptUntil));
    }
}
