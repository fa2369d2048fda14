package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseCatalogue;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import java.util.List;
import java.util.Optional;

/** The databases that a grant may see; the others do not exist for it. */
final class ConfinedDatabaseCatalogue implements DatabaseCatalogue {
    private final DatabaseCatalogue catalogue;
    private final GrantGuard guard;

    ConfinedDatabaseCatalogue(DatabaseCatalogue catalogue, GrantGuard guard) {
        this.catalogue = catalogue;
        this.guard = guard;
    }

    @Override
    public Database create(DatabaseName name) {
        guard.require(Action.DATABASE_CREATE, resource(name));
        return catalogue.create(name);
    }

    @Override
    public boolean drop(DatabaseId id) {
        var present = find(id);
        present.ifPresent(database -> guard.require(Action.DATABASE_DROP, resource(database.name())));
        return present.isPresent() && catalogue.drop(id);
    }

    @Override
    public Optional<Database> find(DatabaseName name) {
        guard.require(Action.DATABASE_FIND, resource(name));
        return catalogue.find(name);
    }

    @Override
    public Optional<Database> find(DatabaseId id) {
        guard.requireLive();
        return catalogue.find(id).filter(this::visible);
    }

    @Override
    public List<Database> databases() {
        guard.requireLive();
        return catalogue.databases().stream().filter(this::visible).toList();
    }

    private boolean visible(Database database) {
        return guard.permits(Action.DATABASE_FIND, resource(database.name()));
    }

    private static ResourceName resource(DatabaseName name) {
        return ResourceName.container(name.text());
    }
}
