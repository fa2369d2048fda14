package io.triport.storage.sql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.Database;
import io.triport.domain.sql.Exported;
import io.triport.domain.sql.Loaded;
import io.triport.domain.sql.Restored;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlExtent;
import io.triport.domain.sql.SqlMeta;
import io.triport.storage.piece.PiecedContent;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Carries a database in and out, and back to what it was, by files beside it that go away with the call. */
record SqlShelf(Database database, SqlFile file, SqlAccess access, SqlMeans means) implements SqlArchive {
    /** The names of those files. */
    static final String FILES = "archive-*.tmp";

    /** Each lasts as long as the database is large; its caller may give up at any time. */
    private static final Duration AS_LONG_AS_IT_LASTS = Duration.ofDays(1);

    @Override
    public Exported export(SqlExtent extent) {
        var exported = temporary();
        try {
            var deadline = means.threads().deadline(AS_LONG_AS_IT_LASTS);
            var state = file.read(deadline, connection -> {
                write(connection, deadline, extent, exported);
                return state(connection);
            });
            var pieces = FilePieces.open(exported);
            return new Exported(state, new PiecedContent(pieces, pieces.size()));
        } catch (StorageFailure e) {
            delete(exported);
            throw e;
        }
    }

    @Override
    public Loaded load(Content script) {
        var spooled = temporary();
        try {
            spool(script, spooled);
            if (access == SqlAccess.READ) {
                throw denied();
            }
            var deadline = means.threads().deadline(AS_LONG_AS_IT_LASTS);
            return file.load(deadline, means.loadedBytes(), connection -> run(connection, deadline, spooled));
        } finally {
            delete(spooled);
        }
    }

    @Override
    public Bookmark at(Instant moment) {
        var now = means.clock().instant();
        var created = database.created().truncatedTo(ChronoUnit.SECONDS);
        if (moment.isAfter(now) || moment.isBefore(created)) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "moment: " + moment + " (expected: " + created + " to " + now + ")");
        }
        var kept = now.minus(means.sizes().window());
        if (moment.isBefore(kept)) {
            throw new StorageFailure.Rejected(
                    FailureCode.BAD_REQUEST, "moment: " + moment + " (expected: after " + kept + ")");
        }
        var found = file.past(means.deadline()).latest(ChangeNumber.lastOf(moment));
        return Bookmark.of(database.id(), 0, found.orElseThrow(SqlShelf::unkept));
    }

    @Override
    public Restored restore(Bookmark to) {
        if (access == SqlAccess.READ) {
            throw denied();
        }
        if (!to.of(database.id())) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "bookmark: of another database");
        }
        var past = file.past(means.deadline());
        var kept = means.clock().instant().minus(means.sizes().window());
        var oldest = past.latest(ChangeNumber.lastOf(kept)).orElse(0);
        if (to.history() != 0 || to.changes() < oldest) {
            throw unkept();
        }
        var made = temporary();
        try {
            past.make(made, to.changes());
            SqlConnector.check(made);
            means.watch().after(PastStep.BUILT);
            var replaced = file.replace(made, means.threads().deadline(AS_LONG_AS_IT_LASTS));
            return new Restored(
                    Bookmark.of(database.id(), 0, replaced.after()), Bookmark.of(database.id(), 0, replaced.before()));
        } finally {
            delete(made);
        }
    }

    private static StorageFailure unkept() {
        return new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "sql: that state is not kept");
    }

    private static StorageFailure denied() {
        return new StorageFailure.AccessDenied("sql: opened to be read (expected: opened to be written)");
    }

    private Loaded run(SqlConnection connection, SqlDeadline deadline, Path script) throws SQLException {
        var start = deadline.ticker().nanos();
        var before = connection.written();
        var index = 0;
        var changed = false;
        try (var reader = Files.newBufferedReader(script, StandardCharsets.UTF_8)) {
            var statements = new SqlSource(reader, means.loadedBytes());
            for (var next = statements.next(); next != null; next = statements.next()) {
                if (deadline.over()) {
                    throw SqlErrors.left();
                }
                changed |= run(connection, next);
                index++;
            }
        } catch (CharacterCodingException e) {
            throw SqlErrors.at(
                    index, SqlErrors.refused(FailureCode.BAD_REQUEST, "STATEMENT_REFUSED", "the file is not UTF-8"));
        } catch (IOException e) {
            throw unavailable(e);
        } catch (StorageFailure e) {
            throw SqlErrors.at(index, e);
        } catch (SQLException e) {
            throw SqlErrors.at(index, SqlErrors.of(e));
        }
        if (changed) {
            connection.countChange(means.clock().instant());
        }
        var took = Duration.ofNanos(deadline.ticker().nanos() - start);
        var written = connection.written() - before;
        var meta = new SqlMeta(took, written, connection.lastRowId(), changed, connection.size(), written);
        return new Loaded(index, state(connection), meta);
    }

    /** The state that the transaction sees, or makes. */
    private Bookmark state(SqlConnection connection) throws SQLException {
        return Bookmark.of(database.id(), 0, connection.changes());
    }

    private boolean run(SqlConnection connection, SqlText statement) throws SQLException {
        var most = means.limits().statementBytes();
        if (!statement.verb().equals("insert") && statement.text().length() > most) {
            throw SqlErrors.refused(
                    FailureCode.TOO_LARGE, "SQLITE_TOOBIG", "statement: longer than " + most + " bytes");
        }
        var verdict = connection.judge(statement);
        connection.run(statement);
        return verdict == SqlJudge.Verdict.WRITES;
    }

    private static void write(SqlConnection connection, SqlDeadline deadline, SqlExtent extent, Path to)
            throws SQLException {
        try (var writer = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            new SqlDump(connection, deadline, extent, writer).write();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private void spool(Content script, Path to) {
        var most = means.limits().imported().bytes();
        try (var reader = new ContentReader(script);
                var channel = Files.newByteChannel(to, StandardOpenOption.WRITE)) {
            var size = 0L;
            for (var piece = reader.next(); piece != null; piece = reader.next()) {
                size += piece.remaining();
                if (size > most) {
                    throw new StorageFailure.LimitExceeded(
                            FailureCode.TOO_LARGE, "import: more than " + most + " bytes");
                }
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
        } catch (IOException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: interrupted", e);
        }
    }

    private Path temporary() {
        try {
            return Files.createTempFile(file.directory(), "archive-", ".tmp");
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            SqlFiles.LOG.warn("sql file={} not deleted", temporary, e);
        }
    }

    private static StorageFailure unavailable(IOException e) {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "sql: a file beside the database failed", e);
    }
}
