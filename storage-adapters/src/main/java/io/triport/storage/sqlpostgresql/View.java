package io.triport.storage.sqlpostgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.Bookmark;
import io.triport.domain.sql.DatabaseInfo;
import io.triport.domain.sql.SessionStart;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlArchive;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlMeta;
import io.triport.domain.sql.SqlResult;
import io.triport.domain.sql.SqlScript;
import io.triport.domain.sql.SqlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database as it was opened, in a session or outside of one. */
final class View implements SqlDatabase {
    private static final String TABLES = """
        select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'\
        """;

    private final Room room;
    private final SqlAccess access;
    private final Means means;
    private final Transactions transactions;
    /** Null outside of sessions, where every read is of the latest state. */
    private final @Nullable Session session;

    View(Room room, SqlAccess access, Means means, Catalogue catalogue) {
        this(room, access, means, new Transactions(room, means, catalogue), null);
    }

    private View(Room room, SqlAccess access, Means means, Transactions transactions, @Nullable Session session) {
        this.room = room;
        this.access = access;
        this.means = means;
        this.transactions = transactions;
        this.session = session;
    }

    @Override
    public SqlResult query(Sql statement) {
        return execute(List.of(Member.of(statement, means.limits()))).getFirst();
    }

    @Override
    public List<SqlResult> batch(List<Sql> statements) {
        if (statements.isEmpty()) {
            throw Refusals.refused(FailureCode.BAD_REQUEST, "NO_STATEMENT", "the batch is empty");
        }
        var members = new ArrayList<Member>();
        for (var i = 0; i < statements.size(); i++) {
            try {
                members.add(Member.of(statements.get(i), means.limits()));
            } catch (StorageFailure e) {
                throw Refusals.at(i, e);
            }
        }
        return execute(members);
    }

    @Override
    public SqlMeta run(SqlScript script) {
        return together(execute(Member.all(script, means.limits())).stream()
                .map(SqlResult::meta)
                .toList());
    }

    @Override
    public SqlDatabase session(SessionStart start) {
        return new View(room, access, means, transactions, Session.of(start, room.id()));
    }

    @Override
    public Bookmark bookmark() {
        var seen = session == null ? 0 : session.seen();
        return Bookmark.of(room.id(), 0, seen > 0 ? seen : means.operator().state());
    }

    @Override
    public SqlArchive archive() {
        return new Unarchived();
    }

    @Override
    public DatabaseInfo info() {
        var found = read(List.of(new Member(Text.one(TABLES), List.of()))).getFirst();
        var tables = found.rows().getFirst().getFirst() instanceof SqlValue.Whole(var count) ? (int) count : 0;
        return new DatabaseInfo(room.database(), tables, found.meta().sizeAfter());
    }

    /** What looks as if it only read is tried where it does not write, which may be on a copy. */
    private List<SqlResult> execute(List<Member> members) {
        var reading = access == SqlAccess.READ
                || members.stream().allMatch(member -> member.text().looksReading());
        if (reading) {
            try {
                return read(members);
            } catch (Call.Writes e) {
                if (access == SqlAccess.READ) {
                    throw e.denied();
                }
            }
        }
        var answer = transactions.write(members);
        if (session != null && means.replicas().any()) {
            transactions.told(answer, session);
        }
        return answer.results();
    }

    private List<SqlResult> read(List<Member> members) {
        if (session == null || !means.replicas().any()) {
            return transactions.read(members).results();
        }
        var answer = transactions.read(members, session);
        session.saw(answer.state());
        return answer.results();
    }

    private static SqlMeta together(List<SqlMeta> all) {
        return new SqlMeta(
                all.stream().map(SqlMeta::took).reduce(Duration.ZERO, Duration::plus),
                all.stream().mapToLong(SqlMeta::changes).sum(),
                0,
                all.stream().anyMatch(SqlMeta::changed),
                all.getLast().sizeAfter(),
                all.stream().mapToLong(SqlMeta::rowsWritten).sum());
    }
}
