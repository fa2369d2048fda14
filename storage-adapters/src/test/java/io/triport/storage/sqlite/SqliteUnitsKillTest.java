package io.triport.storage.sqlite;

import io.triport.storage.table.KilledUnits;
import io.triport.storage.table.TestRepositories;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteUnitsKillTest {
    private static final int BEFORE_THE_KILL = 60;

    @TempDir
    private Path directory;

    @Test
    void a_kill_keeps_answered_units_and_leaves_no_part_of_another() {
        var answered = KilledWriter.killAfter(
                BEFORE_THE_KILL, KilledSqliteUnits.class.getName(), List.of(directory.toString()));

        try (var sqlite = Sqlite.open(directory, SettableClock.anywhere(), new SeededRandomness(2))) {
            KilledUnits.assertWhole(sqlite.engine(TestRepositories::get), answered);
        }
    }
}
