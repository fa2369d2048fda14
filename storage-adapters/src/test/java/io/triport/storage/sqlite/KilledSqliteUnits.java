package io.triport.storage.sqlite;

import io.triport.storage.table.KilledUnits;
import io.triport.storage.table.TestRepositories;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;

/** The process that is killed while it writes units; its argument is the directory. */
final class KilledSqliteUnits {
    private KilledSqliteUnits() {}

    public static void main(String[] arguments) {
        var sqlite = Sqlite.open(Path.of(arguments[0]), SettableClock.anywhere(), new SeededRandomness(1));
        KilledUnits.write(sqlite.engine(TestRepositories::get), System.out);
    }
}
