package io.triport.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.BatchHandler;
import io.triport.domain.queue.ConsumerSettings;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.QueueName;
import io.triport.domain.request.TaskName;
import io.triport.storage.memory.Memory;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a consumer gets, and what becomes of what it says. */
final class PumpTest {
    private static final QueueDefinition DEAD = QueueDefinition.of(new QueueName("dead"));
    private static final QueueDefinition JOBS =
            QueueDefinition.of(new QueueName("jobs")).retried(1, Duration.ZERO).deadLettersTo(DEAD);
    private static final ConsumerSettings SETTINGS = ConsumerSettings.of(JOBS.name(), new TaskName("work"));
    /** No test depends on it: it only ends one that would hang. */
    private static final Duration HANGS_AFTER = Duration.ofMinutes(1);

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final Memory memory = Memory.open(clock, new SeededRandomness(1));
    private final PumpedDeliveries deliveries =
            (PumpedDeliveries) memory.deliveries(QueueDefinitions.of(JOBS, DEAD), ticker);
    private final java.util.Queue<QueueBatch> handled = new ConcurrentLinkedQueue<>();

    @Test
    @Tag("Q-08")
    void a_batch_begins_when_it_is_full_or_has_waited_long_enough() {
        var pump = deliveries.pump(SETTINGS.batched(3, Duration.ofSeconds(5)), (batch, verdicts) -> handled.add(batch));
        send(2);
        turn(pump);
        ticker.advance(Duration.ofSeconds(5).minusNanos(1));
        turn(pump);
        assertThat(handled).isEmpty();

        ticker.advance(Duration.ofNanos(1));
        turn(pump);
        send(3);
        turn(pump);

        assertThat(handled).extracting(batch -> batch.deliveries().size()).containsExactly(2, 3);
        assertThat(jobs().metrics().count()).isZero();
    }

    @Test
    void a_batch_names_its_task_its_queue_and_its_messages_and_no_rights_of_their_producer() {
        send(1);

        turn(deliveries.pump(atOnce(), (batch, verdicts) -> handled.add(batch)));

        var batch = handled.remove();
        assertThat(batch.task()).isEqualTo(SETTINGS.task());
        assertThat(batch.queue()).isEqualTo(JOBS.name());
        assertThat(batch.receivedAt()).isEqualTo(clock.instant());
        assertThat(batch.deliveries()).extracting(Delivery::attempt).containsExactly(1);
    }

    @Test
    @Tag("Q-04")
    void a_handler_that_throws_retries_what_it_has_not_acknowledged() {
        send(3);

        turn(deliveries.pump(atOnce(), (batch, verdicts) -> {
            verdicts.ack(id(batch, 0));
            verdicts.retry(id(batch, 1), Delay.of(Duration.ofSeconds(10)));
            throw new IllegalStateException("broken");
        }));

        assertThat(ready()).containsExactly("2");
        clock.advance(Duration.ofSeconds(10));
        assertThat(ready()).containsExactly("1");
    }

    @Test
    @Tag("Q-04")
    void what_a_handler_never_manages_ends_among_the_dead_letters() {
        send(1);
        var pump = deliveries.pump(atOnce(), (batch, verdicts) -> {
            handled.add(batch);
            throw new IllegalStateException("broken");
        });

        turn(pump);
        turn(pump);

        assertThat(handled).hasSize(2);
        assertThat(memory.engine().queue(DEAD).metrics().count()).isEqualTo(1);
    }

    @Test
    @Tag("Q-03")
    void the_first_word_on_a_message_counts_and_more_than_one_on_all() {
        send(3);

        turn(deliveries.pump(atOnce(), (batch, verdicts) -> {
            verdicts.retryAll(Delay.of(Duration.ofSeconds(5)));
            verdicts.ackAll();
            verdicts.ack(id(batch, 0));
            verdicts.retry(id(batch, 0), Delay.NONE);
            verdicts.retry(id(batch, 1), Delay.of(Duration.ofSeconds(1)));
            verdicts.ack(id(batch, 1));
        }));

        assertThat(ready()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ready()).containsExactly("1");
        clock.advance(Duration.ofSeconds(4));
        assertThat(ready()).containsExactly("2");
        assertThat(jobs().metrics().count()).isEqualTo(2);
    }

    @Test
    @Tag("Q-03")
    void a_handler_that_throws_after_it_acknowledged_all_retries_nothing() {
        send(2);

        turn(deliveries.pump(atOnce(), (batch, verdicts) -> {
            verdicts.ackAll();
            throw new IllegalStateException("broken");
        }));

        assertThat(jobs().metrics().count()).isZero();
    }

    @Test
    @Tag("Q-14")
    void a_handler_may_settle_in_one_unit_with_what_it_sends() {
        send(1);

        turn(deliveries.pump(
                atOnce(),
                (batch, verdicts) -> memory.engine().together(unit -> {
                    unit.queue(DEAD).send(Message.text("next"));
                    return unit.queue(JOBS).settle(List.of(new Settlement.Ack(verdicts.lease(id(batch, 0)))));
                })));

        assertThat(jobs().metrics().count()).isZero();
        assertThat(memory.engine().queue(DEAD).metrics().count()).isEqualTo(1);
    }

    @Test
    void a_verdict_on_a_message_of_another_batch_is_a_bug() {
        send(1);
        var told = new ConcurrentLinkedQueue<RuntimeException>();

        turn(deliveries.pump(atOnce(), (batch, verdicts) -> {
            try {
                verdicts.ack(new MessageId("0".repeat(32)));
            } catch (IllegalArgumentException e) {
                told.add(e);
            }
        }));

        assertThat(told).hasSize(1);
    }

    @Test
    void leases_last_as_long_as_the_handler_works() {
        var release = new CountDownLatch(1);
        send(1);
        var pump = deliveries.pump(atOnce(), waitingFor(release));
        pump.turn();

        for (var step = 0; step < 9; step++) {
            pass(Duration.ofSeconds(10));
            pump.turn();
        }
        assertThat(ready()).isEmpty();
        release.countDown();

        assertThat(pump.rest(HANGS_AFTER)).isTrue();
        assertThat(jobs().metrics().count()).isZero();
    }

    @Test
    void a_handler_that_takes_too_long_is_interrupted_and_its_messages_come_again() {
        var again = Duration.ofSeconds(1);
        var patient = QueueDefinitions.of(JOBS.retried(1, again), DEAD);
        send(1);
        var pump = ((PumpedDeliveries) memory.deliveries(patient, ticker))
                .pump(atOnce(), waitingFor(new CountDownLatch(1)));
        pump.turn();

        // The batch may end while the turn that interrupts it lasts; the delay keeps that turn from beginning another.
        pass(Duration.ofMinutes(15).plusMillis(1));
        pump.turn();

        assertThat(pump.rest(HANGS_AFTER)).isTrue();
        assertThat(ready()).isEmpty();
        clock.advance(again);
        assertThat(ready()).containsExactly("0");
    }

    @Test
    @Tag("R-12")
    void stopping_waits_for_what_is_worked_on_and_takes_no_more() {
        var release = new CountDownLatch(1);
        send(1);
        var pump = deliveries.pump(atOnce(), waitingFor(release));
        pump.turn();
        send(1);
        release.countDown();

        assertThat(pump.stop(HANGS_AFTER)).isTrue();
        pump.turn();

        assertThat(handled).hasSize(1);
        assertThat(jobs().metrics().count()).isEqualTo(1);
    }

    @Test
    @Tag("R-12")
    void what_does_not_end_in_time_is_interrupted_and_comes_again() {
        send(1);
        var pump = deliveries.pump(atOnce(), waitingFor(new CountDownLatch(1)));
        pump.turn();

        assertThat(pump.stop(Duration.ZERO)).isFalse();

        assertThat(pump.rest(HANGS_AFTER)).isTrue();
        assertThat(ready()).containsExactly("0");
    }

    @Test
    void so_many_batches_are_worked_on_at_once_as_are_wanted() {
        var release = new CountDownLatch(1);
        send(5);
        var pump = deliveries.pump(atOnce().batched(1, Duration.ZERO).atOnce(3), waitingFor(release));

        pump.turn();

        assertThat(jobs().pull(new PullRequest(100, Duration.ofSeconds(1)))).hasSize(2);
        release.countDown();
        assertThat(pump.stop(HANGS_AFTER)).isTrue();
    }

    @Test
    void a_consumer_that_has_begun_gets_its_messages() throws InterruptedException {
        var got = new CountDownLatch(1);
        var consumption = deliveries.begin(atOnce(), (batch, verdicts) -> got.countDown());
        send(1);

        assertThat(got.await(HANGS_AFTER.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();

        assertThat(consumption.stop(HANGS_AFTER)).isTrue();
        assertThat(jobs().metrics().count()).isZero();
    }

    @Test
    void a_queue_that_is_not_defined_cannot_be_consumed() {
        var settings = ConsumerSettings.of(new QueueName("other"), new TaskName("work"));

        assertThatThrownBy(() -> deliveries.begin(settings, (batch, verdicts) -> handled.add(batch)))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    private BatchHandler waitingFor(CountDownLatch release) {
        return (batch, verdicts) -> {
            handled.add(batch);
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        };
    }

    private static ConsumerSettings atOnce() {
        return SETTINGS.batched(10, Duration.ZERO);
    }

    /** One turn, and the end of what it began. */
    private static void turn(Pump pump) {
        pump.turn();
        assertThat(pump.rest(HANGS_AFTER)).isTrue();
    }

    private void pass(Duration time) {
        clock.advance(time);
        ticker.advance(time);
    }

    private void send(int count) {
        jobs().sendAll(IntStream.range(0, count)
                .mapToObj(number -> Message.text(Integer.toString(number)))
                .toList());
    }

    private Queue jobs() {
        return memory.engine().queue(JOBS);
    }

    private List<String> ready() {
        return jobs().pull(new PullRequest(100, Duration.ofHours(1))).stream()
                .map(lease -> lease.delivery().body().toUtf8())
                .toList();
    }

    private static MessageId id(QueueBatch batch, int place) {
        return batch.deliveries().get(place).id();
    }
}
