package io.triport.storage.table;

import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.storage.jdbc.TableAccess;
import java.util.List;
import java.util.Optional;

/** Documents as rows. Versions are drawn for all documents together, so that one that was deleted never has an old one again. */
final class JdbcSettings implements Settings {
    private final TableAccess access;
    private final TableRepositories repositories;

    JdbcSettings(TableAccess access, TableRepositories repositories) {
        this.access = access;
        this.repositories = repositories;
    }

    @Override
    public Optional<Document> find(DocumentName name) {
        return access.read(() -> present(name));
    }

    @Override
    public List<Document> list(String kind) {
        return access.read(() -> repositories.settings().list(kind).stream()
                .map(StoredDocument::document)
                .toList());
    }

    @Override
    public Optional<Document> put(DocumentName name, JsonText content, long expected) {
        return access.write(() -> {
            // Before the look, because it keeps others from writing until this is committed.
            var version = repositories.counters().take(CounterRepository.SETTINGS, 1);
            var present = present(name).map(Document::version).orElse(ABSENT);
            if (expected != WHATEVER && expected != present) {
                return Optional.empty();
            }
            var now = access.clock().millis();
            var row = new StoredDocument(name.kind(), name.id(), content.text(), version, now);
            if (present == ABSENT) {
                repositories.settings().add(row);
            } else {
                repositories.settings().replace(name.kind(), name.id(), content.text(), version, now);
            }
            return Optional.of(row.document());
        });
    }

    @Override
    public boolean delete(DocumentName name) {
        return access.write(() -> repositories.settings().remove(name.kind(), name.id()) > 0);
    }

    private Optional<Document> present(DocumentName name) {
        return repositories.settings().find(name.kind(), name.id()).map(StoredDocument::document);
    }
}
