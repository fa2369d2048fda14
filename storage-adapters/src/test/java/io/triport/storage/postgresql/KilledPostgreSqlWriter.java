package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.time.Randomness;
import io.triport.testkit.KilledWriter;
import java.time.Clock;

/** The process that is killed while it writes. */
final class KilledPostgreSqlWriter {
    private KilledPostgreSqlWriter() {}

    /** @param arguments the database's URL and the namespace */
    public static void main(String[] arguments) {
        var settings = new PostgreSqlSettings(arguments[0], "postgres", Secret.of("postgres"));
        var storage = PostgreSqlStorage.open(settings, Clock.systemUTC(), Randomness.system());
        KilledWriter.write(storage.engine().keyValue(new NamespaceTitle(arguments[1])), System.out);
    }
}
