package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.TurnsFixture;
import java.time.Clock;

/** The process that is killed while it counts with a durable object. */
final class KilledCounter {
    private KilledCounter() {}

    /** @param arguments the database's URL */
    public static void main(String[] arguments) {
        var settings = new PostgreSqlSettings(arguments[0], "postgres", Secret.of("postgres"));
        var storage = PostgreSqlStorage.open(settings, Clock.systemUTC(), Randomness.system());
        TurnsFixture.countForEver(storage.states(Ticker.system()), System.out);
    }
}
