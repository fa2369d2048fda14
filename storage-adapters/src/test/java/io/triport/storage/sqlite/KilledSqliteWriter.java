package io.triport.storage.sqlite;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.time.Randomness;
import io.triport.testkit.KilledWriter;
import java.nio.file.Path;
import java.time.Clock;

/** The process that is killed. */
final class KilledSqliteWriter {
    private KilledSqliteWriter() {}

    public static void main(String[] arguments) {
        var sqlite = Sqlite.open(Path.of(arguments[0]), Clock.systemUTC(), Randomness.system());
        KilledWriter.write(sqlite.engine().keyValue(new NamespaceTitle(arguments[1])), System.out);
    }
}
