package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import java.util.List;
import java.util.Optional;

/** The documents that a grant reaches: a kind is a container, and ids are what lies in it. */
final class ConfinedSettings implements Settings {
    private final Settings settings;
    private final GrantGuard guard;

    ConfinedSettings(Settings settings, GrantGuard guard) {
        this.settings = settings;
        this.guard = guard;
    }

    @Override
    public Optional<Document> find(DocumentName name) {
        require(Action.SETTINGS_READ, name);
        return settings.find(name);
    }

    @Override
    public List<Document> list(String kind) {
        guard.require(Action.SETTINGS_READ, new ResourceName(kind, Bytes.EMPTY));
        return settings.list(kind);
    }

    @Override
    public Optional<Document> put(DocumentName name, JsonText content, long expected) {
        require(Action.SETTINGS_WRITE, name);
        return settings.put(name, content, expected);
    }

    @Override
    public boolean delete(DocumentName name) {
        require(Action.SETTINGS_WRITE, name);
        return settings.delete(name);
    }

    private void require(Action action, DocumentName name) {
        guard.require(action, new ResourceName(name.kind(), Bytes.utf8(name.id())));
    }
}
