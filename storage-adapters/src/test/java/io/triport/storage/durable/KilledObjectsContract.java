package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.testkit.KilledQueueWork;
import io.triport.testkit.KilledSender;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of objects is there when their process was killed. The tag of a test names the case that it belongs to. */
@Timeout(240)
public abstract class KilledObjectsContract {
    /** What is done until the kill. */
    public enum Work {
        ALARMS,
        MESSAGES,
        DATABASE
    }

    private static final QueueDefinition JOBS = QueueDefinition.of(new QueueName("jobs"));
    private static final ObjectClass SENDERS = new ObjectClass("senders");
    private static final StateKey LAST = StateKey.of("last");
    private static final int TOLD = 250;
    private static final int RINGS = 20;
    private static final int CLAIMS = 20;

    /** Kills a process that does {@link #work} when it has told so many answered turns. @return all that it told */
    protected abstract List<Integer> kill(Work work, int told);

    /** The state that was left, opened once. */
    protected abstract StateStore states();

    /** The engine of the queues, with the system's clock. */
    protected abstract StorageEngine engine();

    /** For the main method of the process that is killed. */
    public static void work(Work work, StateStore states, StorageEngine engine, PrintStream out) {
        switch (work) {
            case ALARMS -> TurnsFixture.setAlarmsForEver(states, out);
            case MESSAGES -> sendForEver(states, engine, out);
            case DATABASE -> TurnsFixture.countBySqlForEver(states, out);
        }
    }

    @Test
    @Tag("DO-15")
    void alarms_that_were_answered_go_off_once_after_the_process_was_killed() {
        var told = kill(Work.ALARMS, TOLD);
        try (var turns = turns(states(), TurnsFixture.sleepers(), engine())) {
            var objects = turns.objects(new ObjectClass(TurnsFixture.SLEEPERS)).orElseThrow();

            for (var ring = 0; ring < RINGS; ring++) {
                turns.ring();
            }

            assertThat(told).hasSizeGreaterThanOrEqualTo(TOLD).allSatisfy(number -> {
                var id = objects.named(ObjectName.of(Integer.toString(number)));
                assertThat(objects.inTurn(id, new ObjectEvent("count")).body()).isEqualTo(Bytes.utf8("1"));
            });
        }
    }

    @Test
    @Tag("DO-10")
    void messages_of_answered_turns_come_to_their_queue_once_when_the_process_was_killed_before_it_sent_them() {
        var told = kill(Work.MESSAGES, TOLD);
        try (var turns = turns(states(), senders(), engine())) {
            turns.deliverMessages();

            var found = drained(engine().queue(JOBS));

            assertThat(found).containsAll(told).doesNotHaveDuplicates();
            // One more may have been committed whose answer did not leave.
            assertThat(found.size() - told.size()).isBetween(0, 1);
            assertThat(found).isSorted();
        }
    }

    @Test
    @Tag("DO-10")
    void what_answered_turns_wrote_to_a_database_is_there_with_their_state_after_the_process_was_killed() {
        var told = kill(Work.DATABASE, TOLD);
        var means = new Turns.Means(Clock.systemUTC(), Ticker.system(), Randomness.system());
        var code = TurnsFixture.sqlCounters();
        var databases = TurnsFixture.scratchOfKilled();
        try (var turns = new Turns(states(), code, name -> Optional.empty(), means.with(databases))) {
            var objects = turns.objects(new ObjectClass(TurnsFixture.COUNTERS)).orElseThrow();
            var id = objects.named(ObjectName.of("counter"));

            var kept = Long.parseLong(patiently(() -> objects.inTurn(id, new ObjectEvent("count")))
                    .body()
                    .toUtf8());

            // One more may have been committed whose answer did not leave.
            assertThat(kept - told.getLast()).isBetween(0L, 1L);
        }
    }

    /** Until the lease of the killed one has ended: each claim waits for a while. */
    private static <R> R patiently(Supplier<R> call) {
        for (var tried = 0; tried < CLAIMS; tried++) {
            try {
                return call.get();
            } catch (StorageFailure.Unavailable e) {
                assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE);
            }
        }
        return call.get();
    }

    private static void sendForEver(StateStore states, StorageEngine engine, PrintStream out) {
        var objects =
                turns(states, senders(), engine).running().objects(SENDERS).orElseThrow();
        var id = objects.named(ObjectName.of("sender"));
        for (var number = 0; number >= 0; number++) {
            objects.inTurn(id, new ObjectEvent("send", Bytes.utf8(Integer.toString(number))));
            out.println("written " + number);
            out.flush();
        }
    }

    private static DurableCode senders() {
        return DurableCode.of(SENDERS, () -> (event, context) -> {
            context.state().put(LAST, event.body());
            var number = Integer.parseInt(event.body().toUtf8());
            context.outbox().send(JOBS.name(), Message.text(KilledSender.text(number)));
            return ObjectAnswer.EMPTY;
        });
    }

    private static Turns turns(StateStore states, DurableCode code, StorageEngine engine) {
        var defined = QueueDefinitions.of(JOBS);
        return new Turns(
                states,
                code,
                name -> defined.find(name).map(engine::queue),
                new Turns.Means(Clock.systemUTC(), Ticker.system(), Randomness.system()));
    }

    private static List<Integer> drained(Queue queue) {
        var found = new ArrayList<Integer>();
        var all = PullRequest.of(QueueLimits.BATCH_MESSAGES);
        for (var some = queue.pull(all); !some.isEmpty(); some = queue.pull(all)) {
            some.forEach(lease ->
                    found.add(KilledQueueWork.number(lease.delivery().body().toUtf8())));
            queue.settle(some.stream()
                    .<Settlement>map(lease -> new Settlement.Ack(lease.id()))
                    .toList());
        }
        return found;
    }
}
