package io.triport.storage.sqlpostgresql;

import io.triport.domain.request.ByteSize;
import java.sql.Connection;
import java.sql.SQLException;

/** The last statements of a transaction before it commits. */
final class Ending {
    /*
     * Rights keep a role out of everything that is not its own, but it may change itself: its password, its settings, and on
     * PostgreSQL 15 who its members are. That is in tables which all databases of a server share, and who writes one of them has a
     * lock on it until the transaction ends. So the locks tell, wherever the statement was: in a function, a trigger, a DO block.
     * Only pg_shdepend is written by what makes a table, too.
     *
     * Constraints and triggers that wait for the end come first. Such a trigger could put off another one until the commit: so the
     * transaction is made one that reads only, which cannot be taken back, and what runs at the commit cannot write any more.
     *
     * The search path is ours meanwhile, for a caller may make an operator of any name and put its schema first.
     */
    private static final String OURS = "set local search_path to pg_catalog; set local synchronous_commit to default; ";
    private static final String LOOK = """
        select pg_current_xact_id_if_assigned() is not null,
               exists (select from pg_catalog.pg_locks
                       where pid = pg_backend_pid() and locktype = 'relation' and database = 0
                         and relation not in (1214, 1232, 1233) and mode not in ('AccessShareLock', 'RowShareLock')),
               pg_database_size(current_database()),
               case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end
                 - pg_lsn '0/0'\
        """;

    private Ending() {}

    static Line.Done of(Connection connection, Line.Effect effect) throws SQLException {
        return switch (effect) {
            case READS -> look(connection, OURS + LOOK);
            case WRITES ->
                look(connection, "set constraints all immediate; " + OURS + LOOK + "; set transaction read only");
        };
    }

    private static Line.Done look(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            var rows = statement.execute(sql);
            while (!rows && statement.getUpdateCount() >= 0) {
                rows = statement.getMoreResults();
            }
            try (var row = statement.getResultSet()) {
                if (row == null || !row.next()) {
                    throw new SQLException("ending: no row (expected: one)", "XX000");
                }
                return new Line.Done(
                        row.getBoolean(1),
                        row.getBoolean(2),
                        new ByteSize(row.getLong(3)),
                        row.getBigDecimal(4).longValueExact());
            }
        }
    }
}
