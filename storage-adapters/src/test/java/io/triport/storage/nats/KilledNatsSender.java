package io.triport.storage.nats;

import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.QueueName;
import io.triport.testkit.KilledSender;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** The process that is killed while it sends. */
final class KilledNatsSender {
    private KilledNatsSender() {}

    /** @param arguments the server's address, the stream, the time and the queue */
    public static void main(String[] arguments) {
        var open = NatsFixture.open(
                NatsFixture.server(arguments[0], arguments[1]),
                Clock.fixed(Instant.parse(arguments[2]), ZoneOffset.UTC));
        KilledSender.send(open.queues().queue(QueueDefinition.of(new QueueName(arguments[3]))), System.out);
    }
}
