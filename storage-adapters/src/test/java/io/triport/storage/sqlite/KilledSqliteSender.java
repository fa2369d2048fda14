package io.triport.storage.sqlite;

import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.QueueName;
import io.triport.domain.time.Randomness;
import io.triport.testkit.KilledSender;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The process that is killed. */
final class KilledSqliteSender {
    private KilledSqliteSender() {}

    public static void main(String[] arguments) {
        var sqlite = Sqlite.open(
                Path.of(arguments[0]), Clock.fixed(Instant.parse(arguments[2]), ZoneOffset.UTC), Randomness.system());
        KilledSender.send(sqlite.engine().queue(QueueDefinition.of(new QueueName(arguments[1]))), System.out);
    }
}
