package io.triport.manager.database;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Author;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The databases that a caller may see, by their ids. Of each change the audit has an entry, written before it. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class Databases {
    /*
     * Audit
     *
     * A database lies in a file of its own, so that no unit commits its changes together with their entries. The entry comes first: one
     * about a change that was refused then is better than a change of which nobody knows.
     */
    private static final Permissions READING = Permissions.of(
            new Permission(Set.of(Action.SQL_QUERY), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));

    private final Storage storage;
    private final Clock clock;

    Databases(Storage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** In the order of their names. */
    List<Database> all(Grant grant) {
        return storage.databases(grant).databases();
    }

    /** @throws io.triport.manager.answer.Refused DATABASE_NOT_FOUND, for a text that is no id too */
    Database require(Grant grant, String id) {
        return parsed(id).flatMap(known -> storage.databases(grant).find(known)).orElseThrow(Databases::unknown);
    }

    /** As far as the caller may. */
    SqlDatabase open(Grant grant, Database database) {
        try {
            return storage.sql(grant, database.name());
        } catch (StorageFailure.Rejected e) {
            throw e.code() == FailureCode.NOT_FOUND ? unknown() : e;
        }
    }

    /** Opened so that nothing can be written, whoever asks. */
    SqlDatabase openToRead(Grant grant, Database database) {
        return open(grant.narrowedTo(READING), database);
    }

    /** So that the audit says nothing of a change that nobody could make. @throws io.triport.manager.answer.Refused FORBIDDEN */
    static void requireWriting(Grant grant, Database database) {
        if (!grant.permits(
                Action.SQL_WRITE, ResourceName.container(database.name().text()))) {
            throw Problem.FORBIDDEN.refused();
        }
    }

    /** @throws io.triport.manager.answer.Refused DATABASE_TAKEN */
    Database create(Author by, DatabaseName name) {
        var catalogue = storage.databases(by.grant());
        if (catalogue.find(name).isPresent()) {
            throw Problem.DATABASE_TAKEN.refused();
        }
        return by.apart(storage, unit -> tell(unit, by, "create_database", "", name), () -> {
            try {
                return catalogue.create(name);
            } catch (StorageFailure.Rejected e) {
                throw e.code() == FailureCode.CONFLICT ? Problem.DATABASE_TAKEN.refused() : e;
            }
        });
    }

    /** With all that is in it. @throws io.triport.manager.answer.Refused DATABASE_NOT_FOUND where another was faster */
    void drop(Author by, Database database) {
        changing(by, "delete_database", database, () -> {
            if (!storage.databases(by.grant()).drop(database.id())) {
                throw unknown();
            }
            return database;
        });
    }

    /** Does what changes a database. */
    <R> R changing(Author by, String operation, Database database, Supplier<R> change) {
        return by.apart(storage, unit -> tell(unit, by, operation, database.id().text(), database.name()), change);
    }

    private void tell(Storage unit, Author by, String operation, String id, DatabaseName name) {
        var details = Json.object().put("name", name.text());
        if (!id.isEmpty()) {
            details.put("database", id);
        }
        by.tell(unit, operation, AuditPlace.NONE, clock.instant(), new JsonText(details.toString()));
    }

    private static RuntimeException unknown() {
        return Problem.DATABASE_NOT_FOUND.refused();
    }

    private static Optional<DatabaseId> parsed(String id) {
        try {
            return Optional.of(new DatabaseId(id));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
