package io.triport.storage.table;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.storage.jdbc.Moments;

/** A row of settings_document. */
@MappedEntity("settings_document")
record StoredDocument(String kind, @Id String id, String content, long version, long updatedAt) {
    Document document() {
        return new Document(new DocumentName(kind, id), new JsonText(content), version, Moments.moment(updatedAt));
    }
}
