package io.triport.storage.memory;

import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import java.util.List;
import java.util.Optional;

/** Documents in memory. */
final class MemorySettings implements Settings {
    private final MemoryEngine engine;

    MemorySettings(MemoryEngine engine) {
        this.engine = engine;
    }

    @Override
    public Optional<Document> find(DocumentName name) {
        return engine.data().read(() -> documents().get(name));
    }

    @Override
    public List<Document> list(String kind) {
        return engine.data()
                .read(() -> documents().rows().values().stream()
                        .filter(document -> document.name().kind().equals(kind))
                        .toList());
    }

    @Override
    public Optional<Document> put(DocumentName name, JsonText content, long expected) {
        return engine.data().write(() -> {
            var present = documents().get(name).map(Document::version).orElse(ABSENT);
            if (expected != WHATEVER && expected != present) {
                return Optional.empty();
            }
            var version = engine.data().rows().nextNumber();
            var document = new Document(name, content, version, engine.clock().instant());
            documents().put(name, document);
            return Optional.of(document);
        });
    }

    @Override
    public boolean delete(DocumentName name) {
        return engine.data().write(() -> documents().remove(name));
    }

    private Undoable<DocumentName, Document> documents() {
        return engine.data().rows().documents();
    }
}
