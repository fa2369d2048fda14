package io.triport.storage.sqlite;

import io.triport.domain.time.Randomness;
import io.triport.storage.durable.KilledObjectsContract;
import java.nio.file.Path;
import java.time.Clock;

/** The process that is killed while its objects work. */
final class KilledSqliteObjects {
    private KilledSqliteObjects() {}

    /** @param arguments the directory and the work */
    public static void main(String[] arguments) {
        var directory = Path.of(arguments[0]);
        var engine =
                Sqlite.open(directory, Clock.systemUTC(), Randomness.system()).engine();
        var work = KilledObjectsContract.Work.valueOf(arguments[1]);
        KilledObjectsContract.work(work, Sqlite.states(directory.resolve("durable")), engine, System.out);
    }
}
