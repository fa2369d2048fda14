package io.triport.storage.postgresql;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.IdentityStateUnavailable;
import java.util.function.Supplier;

/** The database for identity's own state, whose callers know one failure: refuse. */
final class IdentityDatabase {
    private final Database database;

    IdentityDatabase(Database database) {
        this.database = database;
    }

    <R> R read(Database.Work<R> work) {
        return translate(() -> database.read(work));
    }

    <R> R write(Database.Work<R> work) {
        return translate(() -> database.write(work));
    }

    private static <R> R translate(Supplier<R> call) {
        try {
            return call.get();
        } catch (StorageFailure e) {
            throw new IdentityStateUnavailable("postgresql: identity's state does not answer", e);
        }
    }
}
