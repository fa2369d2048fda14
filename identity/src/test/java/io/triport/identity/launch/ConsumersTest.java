package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.queue.BatchHandler;
import io.triport.domain.queue.ConsumerSettings;
import io.triport.domain.queue.Consumption;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.LeaseId;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.QueueDeliveries;
import io.triport.domain.queue.Verdicts;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.request.QueueName;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TaskName;
import io.triport.domain.storage.Storage;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingIdentityLog;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ConsumersTest {
    private static final QueueName JOBS = new QueueName("jobs");
    private static final QueueName OTHER = new QueueName("other");

    private enum Task implements SystemTask {
        WORK,
        STRANGER;

        @Override
        public TaskName taskName() {
            return new TaskName("test-" + name().toLowerCase(java.util.Locale.ROOT));
        }

        @Override
        public Permissions permissions() {
            return Permissions.of(new Permission(
                    Set.of(Action.QUEUE_SEND), Set.of(ResourcePattern.exactly(JOBS.text())), Set.of(KeyPrefix.EVERY)));
        }
    }

    private final SettableClock clock = SettableClock.anywhere();
    private final RecordingIdentityLog identities = new RecordingIdentityLog();
    private final RecordingStorageLog calls = new RecordingStorageLog();
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            Storage.Beside.NOTHING.withQueues(QueueDefinitions.of(QueueDefinition.of(JOBS), QueueDefinition.of(OTHER))),
            clock,
            new SettableTicker(),
            calls);
    private final HandedDeliveries deliveries = new HandedDeliveries();
    private final Consumers consumers = new Consumers(
            TestEvents.of(new AccessGate(Set.of(), Set.of(Task.WORK), clock, identities), new SettableTicker()),
            storage,
            deliveries);

    @Test
    void a_batch_is_worked_on_under_a_grant_of_the_gate_that_ends_with_it() {
        var grants = new ArrayList<Grant>();
        consumers.start(List.of(Consuming.of(Task.WORK, JOBS, (batch, verdicts, grant, door) -> {
            grants.add(grant);
            door.queue(grant, JOBS).send(Message.text("more"));
        })));

        deliveries.hand(batch(Task.WORK));

        assertThat(identities.grants()).isEqualTo(grants).hasSize(1);
        assertThat(grants.getFirst().live(clock.instant())).isFalse();
        assertThat(grants.getFirst().principal().id()).hasToString("system:test-work");
        assertThat(calls.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.request()).isEqualTo(new RequestId("batch")));
    }

    @Test
    @Tag("R-09")
    void a_batch_has_the_rights_of_its_task_and_none_of_whoever_sent_the_messages() {
        consumers.start(List.of(Consuming.of(
                Task.WORK,
                JOBS,
                (batch, verdicts, grant, door) -> door.queue(grant, OTHER).purge())));

        assertThatThrownBy(() -> deliveries.hand(batch(Task.WORK))).isInstanceOf(StorageFailure.AccessDenied.class);
        assertThat(calls.calls()).isEmpty();
    }

    @Test
    void a_batch_of_a_task_that_the_gate_does_not_know_is_not_worked_on() {
        var worked = new ArrayList<QueueBatch>();
        consumers.start(
                List.of(Consuming.of(Task.STRANGER, JOBS, (batch, verdicts, grant, door) -> worked.add(batch))));

        assertThatThrownBy(() -> deliveries.hand(batch(Task.STRANGER))).isInstanceOf(IllegalStateException.class);

        assertThat(worked).isEmpty();
        assertThat(identities.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TASK_UNKNOWN));
    }

    @Test
    void stopping_stops_all_consumers() {
        consumers.start(List.of(
                Consuming.of(Task.WORK, JOBS, (batch, verdicts, grant, door) -> {}),
                Consuming.of(Task.WORK, OTHER, (batch, verdicts, grant, door) -> {})
                        .batched(1, Duration.ZERO)
                        .atOnce(4)));

        consumers.stop(Duration.ofSeconds(25));

        assertThat(deliveries.stopped).containsExactlyInAnyOrder(JOBS, OTHER);
    }

    private QueueBatch batch(Task task) {
        var id = new MessageId("0".repeat(32));
        var now = clock.instant();
        var delivery = new Delivery(
                id, new Delivery.Origin(JOBS, id, now), BodyType.TEXT, Bytes.utf8("text"), now, 1, "api-key:someone");
        return new QueueBatch(new RequestId("batch"), now, task.taskName(), JOBS, List.of(delivery));
    }

    /** Brings what a test hands to it. */
    private static final class HandedDeliveries implements QueueDeliveries {
        private final List<BatchHandler> handlers = new ArrayList<>();
        private final List<QueueName> stopped = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public Consumption begin(ConsumerSettings settings, BatchHandler handler) {
            handlers.add(handler);
            return patience -> stopped.add(settings.queue());
        }

        void hand(QueueBatch batch) {
            handlers.getFirst().handle(batch, new NoVerdicts());
        }
    }

    private static final class NoVerdicts implements Verdicts {
        @Override
        public void ack(MessageId message) {
            throw new AssertionError("not asked");
        }

        @Override
        public void retry(MessageId message, Delay delay) {
            throw new AssertionError("not asked");
        }

        @Override
        public void ackAll() {
            throw new AssertionError("not asked");
        }

        @Override
        public void retryAll(Delay delay) {
            throw new AssertionError("not asked");
        }

        @Override
        public LeaseId lease(MessageId message) {
            throw new AssertionError("not asked");
        }
    }
}
