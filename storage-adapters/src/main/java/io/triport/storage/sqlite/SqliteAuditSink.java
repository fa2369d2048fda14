package io.triport.storage.sqlite;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of audit_logs. */
final class SqliteAuditSink implements AuditSink {
    /*
     * A batch is one transaction of statements with many rows. A statement is prepared for each number of rows that there is, so
     * there are few: a whole batch by default, and parts that any other is made of. An empty text stands for an absent value.
     */
    private static final int[] ROWS = {500, 50, 10, 1};
    private static final AuditColumn[] COLUMNS = AuditColumn.values();
    private static final String HEAD = "insert or ignore into audit_logs ("
            + Arrays.stream(COLUMNS).map(AuditColumn::label).collect(Collectors.joining(", ")) + ") values ";
    private static final String ROW =
            Arrays.stream(COLUMNS).map(column -> "nullif(?, '')").collect(Collectors.joining(", ", "(", ")"));
    private static final String LAST =
            "select seq, hash from audit_logs where node = ? and seq is not null order by seq desc limit 1";
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final SqliteAccess access;

    SqliteAuditSink(SqliteAccess access) {
        this.access = access;
    }

    @Override
    public void append(List<AuditRecord> batch) {
        access.write(transaction -> {
            var done = 0;
            for (var rows : ROWS) {
                while (batch.size() - done >= rows) {
                    insert(transaction.session(), batch.subList(done, done + rows));
                    done += rows;
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

    private static void insert(SqliteSession session, List<AuditRecord> records) {
        var values = new ArrayList<Object>(records.size() * COLUMNS.length);
        for (var record : records) {
            for (var column : COLUMNS) {
                values.add(value(record, column));
            }
        }
        session.change(HEAD + String.join(", ", java.util.Collections.nCopies(records.size(), ROW)), values.toArray());
    }

    private static Object value(AuditRecord record, AuditColumn column) {
        return switch (column.kind()) {
            case TEXT -> record.text(column).orElse("");
            case NUMBER ->
                record.number(column).isPresent() ? record.number(column).getAsLong() : "";
            case TIME ->
                MILLIS.format(Instant.ofEpochMilli(record.number(column).orElseThrow()));
        };
    }
}
