package io.triport.testkit;

import io.triport.domain.request.Bytes;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The documents of a {@link FakeStorageEngine}. */
final class FakeSettings implements Settings {
    private final FakeStorageEngine engine;

    FakeSettings(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public Optional<Document> find(DocumentName name) {
        return engine.locked(
                state -> Optional.ofNullable(state.rows().documents().get(name)));
    }

    @Override
    public List<Document> list(String kind) {
        return engine.locked(state -> state.rows().documents().values().stream()
                .filter(document -> document.name().kind().equals(kind))
                .sorted(Comparator.comparing(
                        document -> Bytes.utf8(document.name().id())))
                .toList());
    }

    @Override
    public Optional<Document> put(DocumentName name, JsonText content, long expected) {
        return engine.locked(state -> {
            var documents = state.rows().documents();
            var present = documents.get(name);
            var version = present == null ? ABSENT : present.version();
            if (expected != WHATEVER && expected != version) {
                return Optional.empty();
            }
            var document = new Document(
                    name, content, state.rows().next("document"), engine.clock().instant());
            documents.put(name, document);
            return Optional.of(document);
        });
    }

    @Override
    public boolean delete(DocumentName name) {
        return engine.locked(state -> state.rows().documents().remove(name) != null);
    }
}
