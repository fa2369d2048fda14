package io.triport.storage.sqlite;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditLink;
import io.triport.domain.audit.AuditRecord;
import io.triport.domain.audit.AuditSink;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of audit_logs. */
final class SqliteAuditSink implements AuditSink {
    /*
     * A batch is one transaction of statements with many rows. A statement is prepared for each number of rows that there is, so
     * there are few: a whole batch by default, and parts that any other is made of.
     *
     * To hand a value to SQLite costs about as much as what it does with it, and half of a record's are those of many others: its
     * route, its upstream, its issuer. So records that have these in common are inserted together, and name them once.
     */
    private static final Set<AuditColumn> COMMON = EnumSet.of(
            AuditColumn.METHOD,
            AuditColumn.STATUS,
            AuditColumn.MECHANISM,
            AuditColumn.ISSUER,
            AuditColumn.OUTCOME,
            AuditColumn.REASON,
            AuditColumn.ROUTE_ID,
            AuditColumn.UPSTREAM,
            AuditColumn.TARGET,
            AuditColumn.ATTEMPTS,
            AuditColumn.HOST,
            AuditColumn.PROTOCOL,
            AuditColumn.TLS_VERSION,
            AuditColumn.NODE,
            AuditColumn.CONFIG_HASH);
    private static final Set<AuditColumn> OWN = EnumSet.complementOf(EnumSet.copyOf(COMMON));
    private static final List<Statement> STATEMENTS =
            IntStream.of(500, 50, 10, 1).mapToObj(Statement::of).toList();

    private static final String LAST =
            "select seq, hash from audit_logs where node = ? and seq is not null order by seq desc limit 1";
    private static final int MILLIS = 1_000;

    private final SqliteAccess access;
    /** The last one that was written. Whole or not at all, so any thread may set it. */
    private Second second = Second.of(0);

    /** Inserts so many rows. Its parameters are the common values, and then those of each row. */
    private record Statement(int rows, String sql) {
        static Statement of(int rows) {
            var columns = Stream.concat(COMMON.stream(), OWN.stream())
                    .map(AuditColumn::label)
                    .collect(Collectors.joining(", "));
            var common = IntStream.rangeClosed(1, COMMON.size()).mapToObj(place -> "?" + place);
            var named = common.collect(Collectors.joining(","));
            var own = new StringJoiner("),(", "(", ")");
            for (var row = 0; row < rows; row++) {
                var first = COMMON.size() + row * OWN.size() + 1;
                own.add(named
                        + IntStream.range(first, first + OWN.size())
                                .mapToObj(place -> ",?" + place)
                                .collect(Collectors.joining()));
            }
            return new Statement(rows, "insert or ignore into audit_logs (" + columns + ") values " + own);
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
        var groups = new LinkedHashMap<List<Optional<Object>>, List<AuditRecord>>();
        for (var record : batch) {
            groups.computeIfAbsent(common(record), first -> new ArrayList<>()).add(record);
        }
        access.write(transaction -> {
            groups.forEach((common, records) -> insert(transaction.session(), common, records));
            return batch.size();
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

    private List<Optional<Object>> common(AuditRecord record) {
        var values = new ArrayList<Optional<Object>>(COMMON.size());
        for (var column : COMMON) {
            values.add(Optional.ofNullable(value(record, column)));
        }
        return values;
    }

    private void insert(SqliteSession session, List<Optional<Object>> common, List<AuditRecord> records) {
        var done = 0;
        for (var statement : STATEMENTS) {
            while (records.size() - done >= statement.rows()) {
                insert(session, statement, common, records.subList(done, done + statement.rows()));
                done += statement.rows();
            }
        }
    }

    private void insert(
            SqliteSession session, Statement statement, List<Optional<Object>> common, List<AuditRecord> records) {
        var values = new @Nullable Object[COMMON.size() + records.size() * OWN.size()];
        var next = 0;
        for (var value : common) {
            values[next++] = value.orElse(null);
        }
        for (var record : records) {
            for (var column : OWN) {
                values[next++] = value(record, column);
            }
        }
        session.change(statement.sql(), values);
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
