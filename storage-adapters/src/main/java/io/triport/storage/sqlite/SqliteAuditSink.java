package io.triport.storage.sqlite;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of audit_logs. */
final class SqliteAuditSink implements AuditSink {
    private static final AuditColumn[] COLUMNS = AuditColumn.values();
    private static final String HEAD = "insert or ignore into audit_logs ("
            + Arrays.stream(COLUMNS).map(AuditColumn::label).collect(Collectors.joining(", ")) + ") values ";
    /*
     * A batch is one transaction of statements with many rows. A statement is prepared for each number of rows that there is, so
     * there are few: a whole batch by default, and parts that any other is made of.
     */
    private static final List<Statement> STATEMENTS =
            IntStream.of(500, 50, 10, 1).mapToObj(Statement::of).toList();

    private static final String LAST =
            "select seq, hash from audit_logs where node = ? and seq is not null order by seq desc limit 1";
    private static final int MILLIS = 1_000;

    private final SqliteAccess access;
    /** The last one that was written. Whole or not at all, so any thread may set it. */
    private Second second = Second.of(0);

    /** Inserts so many rows. */
    private record Statement(int rows, String sql) {
        static Statement of(int rows) {
            var row = "(" + String.join(",", Collections.nCopies(COLUMNS.length, "?")) + ")";
            return new Statement(rows, HEAD + String.join(",", Collections.nCopies(rows, row)));
        }
    }

    /** A second as text, up to where its fraction begins. Thousands of records share it, and to write it anew is dear. */
    private record Second(long number, String text) {
        private static final DateTimeFormatter TEXT =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

        static Second of(long number) {
            return new Second(number, TEXT.format(Instant.ofEpochSecond(number)));
        }
    }

    SqliteAuditSink(SqliteAccess access) {
        this.access = access;
    }

    @Override
    public void append(List<AuditRecord> batch) {
        access.write(transaction -> {
            var done = 0;
            for (var statement : STATEMENTS) {
                while (batch.size() - done >= statement.rows()) {
                    insert(transaction.session(), statement.sql(), batch.subList(done, done + statement.rows()));
                    done += statement.rows();
                }
            }
            return done;
        });
    }

    @Override
    public Optional<AuditLink> lastLink(String node) {
        return access.read(
                session -> session.first(LAST, row -> new AuditLink(row.getLong(1), row.getString(2)), node));
    }

    /** The engine has the file, and closes it. */
    @Override
    public void close() {}

    private void insert(SqliteSession session, String sql, List<AuditRecord> records) {
        var values = new @Nullable Object[records.size() * COLUMNS.length];
        var next = 0;
        for (var record : records) {
            for (var column : COLUMNS) {
                values[next++] = value(record, column);
            }
        }
        session.change(sql, values);
    }

    private @Nullable Object value(AuditRecord record, AuditColumn column) {
        if (column.kind() == AuditColumn.Kind.TEXT) {
            return record.text(column).orElse(null);
        }
        var number = record.number(column);
        if (number.isEmpty()) {
            return null;
        }
        return column.kind() == AuditColumn.Kind.NUMBER ? (Object) number.getAsLong() : moment(number.getAsLong());
    }

    private String moment(long millis) {
        var whole = Math.floorDiv(millis, MILLIS);
        var known = second;
        if (known.number() != whole) {
            known = Second.of(whole);
            second = known;
        }
        var rest = Math.floorMod(millis, MILLIS);
        return known.text() + (rest < 10 ? "00" : rest < 100 ? "0" : "") + rest + "Z";
    }
}
