package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.KilledObjectsContract;
import java.time.Clock;

/** The process that is killed while its objects work. */
final class KilledPostgreSqlObjects {
    private KilledPostgreSqlObjects() {}

    /** @param arguments the database's URL and the work */
    public static void main(String[] arguments) {
        var settings = new PostgreSqlSettings(arguments[0], "postgres", Secret.of("postgres"));
        var storage = PostgreSqlStorage.open(settings, Clock.systemUTC(), Randomness.system());
        var work = KilledObjectsContract.Work.valueOf(arguments[1]);
        KilledObjectsContract.work(work, storage.states(Ticker.system()), storage.engine(), System.out);
    }
}
