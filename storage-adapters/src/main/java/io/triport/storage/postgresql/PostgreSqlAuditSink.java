package io.triport.storage.postgresql;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of audit_logs, a batch in one statement. */
final class PostgreSqlAuditSink implements AuditSink {
    private static final AuditColumn[] COLUMNS = AuditColumn.values();
    private static final String APPEND = "insert into audit_logs (" + each(AuditColumn::label) + ") select "
            + each(PostgreSqlAuditSink::selected) + " from unnest(" + each(column -> "?") + ") as given ("
            + each(AuditColumn::label) + ") on conflict (id) do nothing";
    private static final String LAST =
            "select seq, hash from audit_logs where node = ? and seq is not null order by seq desc limit 1";

    private final Database database;

    PostgreSqlAuditSink(Database database) {
        this.database = database;
    }

    @Override
    public void append(List<AuditRecord> batch) {
        database.write(connection -> {
            var call = new Call(connection, APPEND);
            for (var column : COLUMNS) {
                if (column.kind() == AuditColumn.Kind.TEXT) {
                    call.with(texts(batch, column));
                } else {
                    call.with(numbers(batch, column));
                }
            }
            return call.change();
        });
    }

    @Override
    public Optional<AuditLink> lastLink(String node) {
        return database.read(connection -> new Call(connection, LAST)
                .with(node)
                .first(row -> new AuditLink(row.getLong("seq"), row.getString("hash"))));
    }

    /** The engine has the connections, and closes them. */
    @Override
    public void close() {}

    private static String[] texts(List<AuditRecord> batch, AuditColumn column) {
        return batch.stream()
                .map(record ->
                        record.text(column).map(PostgreSqlAuditSink::storable).orElse(null))
                .toArray(String[]::new);
    }

    private static Long[] numbers(List<AuditRecord> batch, AuditColumn column) {
        return batch.stream()
                .map(record ->
                        record.number(column).stream().boxed().findFirst().orElse(null))
                .toArray(Long[]::new);
    }

    /** A text of the server has no NUL and no lone surrogate; one record with them would hold up all others. */
    private static String storable(String text) {
        return new String(text.replace('\0', '\u2400').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String selected(AuditColumn column) {
        return column.kind() == AuditColumn.Kind.TIME
                ? "to_timestamp(given." + column.label() + " / 1000.0)"
                : "given." + column.label();
    }

    private static String each(java.util.function.Function<AuditColumn, String> text) {
        return Arrays.stream(COLUMNS).map(text).collect(Collectors.joining(", "));
    }
}
