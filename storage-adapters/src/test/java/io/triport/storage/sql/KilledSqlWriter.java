package io.triport.storage.sql;

import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlAccess;
import io.triport.domain.sql.SqlLimits;
import io.triport.testkit.KilledBatches;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.nio.file.Path;

/** The process that is killed while it writes batches; its arguments are the directory and the name of the database. */
final class KilledSqlWriter {
    private KilledSqlWriter() {}

    public static void main(String[] arguments) {
        var files = SqlFiles.open(
                Path.of(arguments[0]),
                SqlLimits.USUAL,
                SettableClock.anywhere(),
                new SettableTicker(),
                new SeededRandomness(1));
        var database = files.open(new DatabaseName(arguments[1]), SqlAccess.WRITE);
        KilledBatches.write(database.orElseThrow(), System.out);
    }
}
