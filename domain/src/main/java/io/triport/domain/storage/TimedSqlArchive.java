package io.triport.domain.storage;

import io.triport.domain.request.Content;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlMeta;

/** The archive of a database whose calls are told to the log. */
record TimedSqlArchive(SqlArchive archive, CallTimer timer) implements SqlArchive {
    @Override
    public Content export() {
        var body = timer.readPatiently(
                "export",
                archive::export,
                found -> new StorageCall.Done("exported", Boolean.toString(true))
                        .giving(found.length().orElse(0)));
        return timer.opened(body);
    }

    @Override
    public SqlMeta load(Content script) {
        var size = script.length().orElse(0);
        return timer.carryPatiently(
                "load",
                script,
                archive::load,
                meta -> new StorageCall.Done("written", Long.toString(meta.rowsWritten())).bringing(size));
    }
}
