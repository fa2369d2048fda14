package io.triport.storage.sqlpostgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseId;

/** A database of a user, and what its role lets itself in with. */
record Room(Database database, Secret password) {
    private static final String PREFIX = "triport_";

    /** The name on the server, of the database and of its role: it needs no quotes. */
    static String name(DatabaseId id) {
        return PREFIX + id.text().replace("-", "");
    }

    String name() {
        return name(database.id());
    }

    DatabaseId id() {
        return database.id();
    }
}
