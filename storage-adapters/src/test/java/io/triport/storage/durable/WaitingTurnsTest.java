package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.storage.memory.Memory;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WaitingTurnsTest {
    private static final ObjectClass TYPE = new ObjectClass("busy");

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void events_that_wait_for_their_turn_are_counted_over_all_objects() throws InterruptedException {
        var code = DurableCode.of(TYPE, () -> (event, context) -> {
            begun.countDown();
            await();
            return ObjectAnswer.EMPTY;
        });
        var means = new Turns.Means(SettableClock.anywhere(), new SettableTicker(), new SeededRandomness(7), () -> {});
        try (var turns = new Turns(Memory.states(), code, name -> Optional.empty(), means)) {
            var first = ask(turns);
            begun.await();
            assertThat(waiting(turns)).isZero();

            var second = ask(turns);
            var third = ask(turns);
            while (waiting(turns) != 2) {
                Thread.onSpinWait();
            }
            released.countDown();
            first.join();
            second.join();
            third.join();

            assertThat(waiting(turns)).isZero();
        }
    }

    private static Thread ask(Turns turns) {
        var objects = turns.objects(TYPE).orElseThrow();
        return Thread.startVirtualThread(
                () -> objects.inTurn(objects.named(ObjectName.of("one")), new ObjectEvent("any")));
    }

    private void await() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double waiting(Turns turns) {
        return turns.levels().stream()
                .filter(level -> level.part().equals("turns"))
                .mapToDouble(level -> level.now().getAsDouble())
                .sum();
    }
}
