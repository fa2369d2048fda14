package io.triport.storage.sqlite;

import io.triport.storage.durable.TurnsFixture;
import java.nio.file.Path;

/** The process that is killed while it sets alarms. */
final class KilledSleeper {
    private KilledSleeper() {}

    /** @param arguments the directory of the objects */
    public static void main(String[] arguments) {
        TurnsFixture.setAlarmsForEver(Sqlite.states(Path.of(arguments[0])), System.out);
    }
}
