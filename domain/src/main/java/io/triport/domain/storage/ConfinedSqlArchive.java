package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Content;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Exported;
import io.triport.domain.sql.Loaded;
import io.triport.domain.sql.Restored;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlExtent;
import java.time.Instant;

/** The archive of a database as far as a grant reaches. @param required asks the grant for what the database was opened for */
record ConfinedSqlArchive(SqlArchive archive, Runnable required) implements SqlArchive {
    @Override
    public Exported export(SqlExtent extent) {
        required.run();
        return archive.export(extent);
    }

    @Override
    public Loaded load(Content script) {
        try {
            required.run();
        } catch (StorageFailure e) {
            script.close();
            throw e;
        }
        return archive.load(script);
    }

    @Override
    public Bookmark at(Instant moment) {
        required.run();
        return archive.at(moment);
    }

    @Override
    public Restored restore(Bookmark to) {
        required.run();
        return archive.restore(to);
    }
}
