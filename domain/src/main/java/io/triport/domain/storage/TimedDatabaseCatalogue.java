package io.triport.domain.storage;

import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import java.util.List;
import java.util.Optional;

/** A catalogue of databases whose calls are told to the log. */
final class TimedDatabaseCatalogue implements DatabaseCatalogue {
    private final DatabaseCatalogue catalogue;
    private final CallTimer timer;

    TimedDatabaseCatalogue(DatabaseCatalogue catalogue, CallTimer timer) {
        this.catalogue = catalogue;
        this.timer = timer;
    }

    @Override
    public Database create(DatabaseName name) {
        return timer.change("create", () -> catalogue.create(name), created -> told("created", true));
    }

    @Override
    public boolean drop(DatabaseId id) {
        return timer.change("drop", () -> catalogue.drop(id), dropped -> told("dropped", dropped));
    }

    @Override
    public Optional<Database> find(DatabaseName name) {
        return timer.read("find", () -> catalogue.find(name), found -> told("found", found.isPresent()));
    }

    @Override
    public Optional<Database> find(DatabaseId id) {
        return timer.read("find", () -> catalogue.find(id), found -> told("found", found.isPresent()));
    }

    @Override
    public List<Database> databases() {
        return timer.read("list", catalogue::databases, found -> told("found", found.size()));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
