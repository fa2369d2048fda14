package io.triport.storage.postgresql;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.Durability;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/**
 * What the server says of itself.
 *
 * @param version as a number, such as 150004
 * @param synchronousCommit when a commit is answered
 * @param fsync whether what is written is forced to the disk
 * @param synchronousStandby whether commits wait for a standby that is attached
 */
record Server(int version, String synchronousCommit, boolean fsync, boolean synchronousStandby) {
    private static final int LEAST = 150_000;
    /** Words of synchronous_commit with which a commit waits for the standby's copy. */
    private static final Set<String> WAIT_FOR_STANDBY = Set.of("on", "remote_write", "remote_apply");

    private static final String ASK = """
        select current_setting('server_version_num')::integer, current_setting('synchronous_commit'),
               current_setting('fsync')::boolean,
               current_setting('synchronous_standby_names') <> ''
                 and exists (select from pg_stat_replication where sync_state in ('sync', 'quorum'))\
        """;

    static Server ask(Database database) {
        return database.read(connection -> new Call(connection, ASK)
                .first(Server::read)
                .orElseThrow(() -> new SQLException("settings: no row (expected: one)", "XX000")));
    }

    /** @throws StorageFailure.Rejected UNSUPPORTED below PostgreSQL 15 */
    void requireSupported() {
        if (version < LEAST) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "postgresql: version " + version + " (expected: " + LEAST + " or newer)");
        }
    }

    Durability durability() {
        if (!fsync || synchronousCommit.equals("off")) {
            return Durability.PROCESS;
        }
        return synchronousStandby && WAIT_FOR_STANDBY.contains(synchronousCommit)
                ? Durability.REPLICATED
                : Durability.DURABLE;
    }

    private static Server read(ResultSet row) throws SQLException {
        return new Server(row.getInt(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
    }
}
