package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.storage.memory.Memory;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much an event may compute. */
@Timeout(60)
final class BusyEventTest {
    private static final ObjectClass TYPE = new ObjectClass("busy");
    private static final StateKey KEY = StateKey.of("key");
    private static final ObjectEvent LOOK = new ObjectEvent("look");

    private final TurnsFixture turns = new TurnsFixture(Memory::states, new SettableTicker(), () -> {});
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<Thread> waiting = new CompletableFuture<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        turns.close();
    }

    @Test
    void an_event_that_computes_for_more_than_30_seconds_loses_its_object() throws InterruptedException {
        var objects = objects();
        var id = objects.named(ObjectName.of("one"));
        var answer = later(() -> objects.inTurn(id, new ObjectEvent("compute")));
        begun.await();

        pass(Duration.ofSeconds(16));
        assertThat(answer).isNotDone();
        pass(Duration.ofSeconds(16));

        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.FENCED));
        assertThat(objects.inTurn(id, LOOK).body()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void an_event_that_waits_has_15_minutes() {
        var objects = objects();
        var id = objects.named(ObjectName.of("one"));
        var answer = later(() -> objects.inTurn(id, new ObjectEvent("wait")));
        var event = waiting.join();
        while (event.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        for (var minute = 0; minute < 14; minute++) {
            pass(Duration.ofMinutes(1));
        }
        goOn.countDown();

        assertThat(answer.join().body()).isEqualTo(Bytes.utf8("written"));
        assertThat(objects.inTurn(id, LOOK).body()).isEqualTo(Bytes.utf8("written"));
    }

    private DurableObjects objects() {
        return turns.open(DurableCode.of(TYPE, () -> (event, context) -> {
                    switch (event.operation()) {
                        case "compute" -> compute();
                        case "wait" -> waitUntilToldTo();
                        default -> {
                            return new ObjectAnswer(context.state().get(KEY).orElse(Bytes.EMPTY));
                        }
                    }
                    context.state().put(KEY, Bytes.utf8("written"));
                    return new ObjectAnswer(Bytes.utf8("written"));
                }))
                .objects(TYPE)
                .orElseThrow();
    }

    private void pass(Duration time) {
        turns.ticker().advance(time);
        turns.look();
    }

    private void compute() {
        begun.countDown();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private void waitUntilToldTo() {
        waiting.complete(Thread.currentThread());
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static CompletableFuture<ObjectAnswer> later(Supplier<ObjectAnswer> work) {
        return CompletableFuture.supplyAsync(work, command -> Thread.ofVirtual().start(command));
    }
}
