package io.triport.storage.postgresql;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.durable.Turns;
import io.triport.storage.durable.TurnsFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;

/** The process that is paused within an event: it says so, and writes when it is told to go on. */
final class PausedCounter {
    private PausedCounter() {}

    /** @param arguments the database's URL */
    public static void main(String[] arguments) {
        var settings = new PostgreSqlSettings(arguments[0], "postgres", Secret.of("postgres"));
        var storage = PostgreSqlStorage.open(settings, Clock.systemUTC(), Randomness.system());
        var type = new ObjectClass(TurnsFixture.COUNTERS);
        var turns = new Turns(
                storage.states(Ticker.system()),
                DurableCode.of(type, () -> (event, context) -> count(context)),
                name -> Optional.empty(),
                new Turns.Means(Clock.systemUTC(), Ticker.system(), Randomness.system()));
        var objects = turns.objects(type).orElseThrow();
        try {
            var answer = objects.inTurn(objects.named(ObjectName.of("counter")), new ObjectEvent("add"));
            tell("answered " + answer.body().toUtf8());
        } catch (StorageFailure e) {
            tell("failed " + e.code());
        }
        turns.close();
        storage.close();
    }

    private static ObjectAnswer count(ObjectContext context) {
        var key = StateKey.of("count");
        var count =
                context.state().get(key).map(Bytes::toUtf8).map(Long::parseLong).orElse(0L);
        tell("counted " + count);
        try {
            if (System.in.read() < 0) {
                throw new IllegalStateException("the end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var more = Bytes.utf8(Long.toString(count + 1));
        context.state().put(key, more);
        return new ObjectAnswer(more);
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
