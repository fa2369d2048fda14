package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Content;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlMeta;

/** The archive of a database as far as a grant reaches. @param required asks the grant for what the database was opened for */
record ConfinedSqlArchive(SqlArchive archive, Runnable required) implements SqlArchive {
    @Override
    public Content export() {
        required.run();
        return archive.export();
    }

    @Override
    public SqlMeta load(Content script) {
        try {
            required.run();
        } catch (StorageFailure e) {
            script.close();
            throw e;
        }
        return archive.load(script);
    }
}
