package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.QueueName;
import io.triport.domain.time.Randomness;
import io.triport.testkit.KilledSender;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The process that is killed while it sends. */
final class KilledPostgreSqlSender {
    private KilledPostgreSqlSender() {}

    /** @param arguments the database's URL, the queue and the time */
    public static void main(String[] arguments) {
        var settings = new PostgreSqlSettings(arguments[0], "postgres", Secret.of("postgres"));
        var storage = PostgreSqlStorage.open(
                settings, Clock.fixed(Instant.parse(arguments[2]), ZoneOffset.UTC), Randomness.system());
        KilledSender.send(storage.engine().queue(QueueDefinition.of(new QueueName(arguments[1]))), System.out);
    }
}
