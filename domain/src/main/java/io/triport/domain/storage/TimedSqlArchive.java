package io.triport.domain.storage;

import io.triport.domain.request.Content;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Exported;
import io.triport.domain.sql.Loaded;
import io.triport.domain.sql.Restored;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlExtent;
import java.time.Instant;

/** The archive of a database whose calls are told to the log. */
record TimedSqlArchive(SqlArchive archive, CallTimer timer) implements SqlArchive {
    @Override
    public Exported export(SqlExtent extent) {
        var made = timer.readPatiently(
                "export",
                () -> archive.export(extent),
                found -> new StorageCall.Done("exported", Boolean.toString(true))
                        .giving(found.content().length().orElse(0)));
        return new Exported(made.state(), timer.opened(made.content()));
    }

    @Override
    public Loaded load(Content script) {
        var size = script.length().orElse(0);
        return timer.carryPatiently(
                "load",
                script,
                archive::load,
                loaded -> new StorageCall.Done(
                                "written", Long.toString(loaded.meta().rowsWritten()))
                        .bringing(size));
    }

    @Override
    public Bookmark at(Instant moment) {
        return timer.readPatiently("at", () -> archive.at(moment), TimedSqlArchive::told);
    }

    @Override
    public Restored restore(Bookmark to) {
        return timer.changePatiently("restore", () -> archive.restore(to), restored -> told(restored.bookmark()));
    }

    private static StorageCall.Done told(Bookmark bookmark) {
        return new StorageCall.Done("bookmark", bookmark.text());
    }
}
