package io.triport.domain.storage;

import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import java.util.List;
import java.util.Optional;

/** Settings whose calls are told to the log. */
final class TimedSettings implements Settings {
    private final Settings settings;
    private final CallTimer timer;

    TimedSettings(Settings settings, CallTimer timer) {
        this.settings = settings;
        this.timer = timer;
    }

    @Override
    public Optional<Document> find(DocumentName name) {
        return timer.read("find", () -> settings.find(name), found -> told("found", found.isPresent()));
    }

    @Override
    public List<Document> list(String kind) {
        return timer.read("list", () -> settings.list(kind), found -> told("found", found.size()));
    }

    @Override
    public Optional<Document> put(DocumentName name, JsonText content, long expected) {
        return timer.change(
                "put", () -> settings.put(name, content, expected), found -> told("stored", found.isPresent()));
    }

    @Override
    public boolean delete(DocumentName name) {
        return timer.change("delete", () -> settings.delete(name), found -> told("removed", found));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
