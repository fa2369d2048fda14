package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Content;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Exported;
import io.triport.domain.sql.Loaded;
import io.triport.domain.sql.Restored;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlExtent;
import java.time.Instant;

/** PostgreSQL has tools of its own to carry databases and to go back in time; none of them is for a role that owns one database. */
final class Unarchived implements SqlArchive {
    @Override
    public Exported export(SqlExtent extent) {
        throw unsupported("export");
    }

    @Override
    public Loaded load(Content script) {
        script.close();
        throw unsupported("import");
    }

    @Override
    public Bookmark at(Instant moment) {
        throw unsupported("earlier states");
    }

    @Override
    public Restored restore(Bookmark to) {
        throw unsupported("earlier states");
    }

    private static StorageFailure unsupported(String what) {
        return new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "sql: no " + what + " of databases on PostgreSQL");
    }
}
