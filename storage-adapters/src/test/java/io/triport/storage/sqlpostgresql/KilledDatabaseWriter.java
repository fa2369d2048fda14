package io.triport.storage.sqlpostgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.testkit.KilledBatches;
import java.time.Clock;
import java.util.List;

/** The process that is killed while it writes batches; its arguments are URL, operator, password and the name of the database. */
final class KilledDatabaseWriter {
    private KilledDatabaseWriter() {}

    public static void main(String[] arguments) {
        var server = new StorageSettings.PostgreSql(arguments[0], arguments[1], Secret.of(arguments[2]));
        var databases = PostgreSqlDatabases.open(
                server, List.of(), SqlLimits.USUAL, Clock.systemUTC(), Ticker.system(), Randomness.system());
        var database = databases.open(new DatabaseName(arguments[3]), SqlAccess.WRITE);
        KilledBatches.write(database.orElseThrow(), System.out);
    }
}
