package io.triport.domain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.MessageRef;
import io.triport.domain.queue.Producer;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.request.QueueName;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How far a grant reaches into queues. */
final class GrantedQueueTest {
    private static final QueueName JOBS = new QueueName("jobs");
    private static final QueueName OTHER = new QueueName("other");
    private static final Message MESSAGE = Message.text("a");

    private final SettableClock clock = SettableClock.anywhere();
    private final TestGrants grants = new TestGrants(clock);
    private final RecordingStorageLog calls = new RecordingStorageLog();
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            Storage.Beside.NOTHING.withQueues(QueueDefinitions.of(QueueDefinition.of(JOBS), QueueDefinition.of(OTHER))),
            clock,
            new SettableTicker(),
            calls);

    @Test
    void each_operation_needs_its_own_action() {
        var operations = Map.<Action, Consumer<Queue>>of(
                Action.QUEUE_SEND, queue -> queue.send(MESSAGE),
                Action.QUEUE_PULL, queue -> queue.pull(PullRequest.STANDARD),
                Action.QUEUE_SETTLE, queue -> queue.settle(List.of()),
                Action.QUEUE_PEEK, queue -> queue.peek(1),
                Action.QUEUE_PURGE, Queue::purge,
                Action.QUEUE_METRICS, Queue::metrics);

        operations.forEach((action, operation) -> {
            operation.accept(storage.queue(of(action), JOBS));
            operations.forEach((other, denied) -> {
                if (other != action) {
                    assertDenied(() -> denied.accept(storage.queue(of(action), JOBS)));
                }
            });
        });
        assertThat(calls.calls()).hasSize(operations.size());
        assertDenied(() -> storage.queue(of(Action.QUEUE_PULL), JOBS).sendAll(List.of(MESSAGE)));
        assertDenied(() -> storage.queue(of(Action.QUEUE_PEEK), JOBS).discard(Set.of(new MessageRef("any"))));
        assertThat(storage.queue(of(Action.QUEUE_PURGE), JOBS).discard(Set.of(new MessageRef("any"))))
                .hasSize(1);
    }

    @Test
    void bytes_of_bodies_are_told() {
        var queue = storage.queue(grants.ofEverything(), JOBS);

        queue.send(Message.text("12345"));
        queue.sendAll(List.of(Message.text("12"), Message.text("345")));
        queue.peek(1);
        queue.pull(PullRequest.of(3));
        queue.purge();

        assertThat(calls.calls())
                .extracting(call -> ((StorageCall.Done) call.result()).moved())
                .containsExactly(
                        new StorageCall.Moved(5, 0),
                        new StorageCall.Moved(5, 0),
                        new StorageCall.Moved(0, 5),
                        new StorageCall.Moved(0, 10),
                        new StorageCall.Moved(0, 0));
    }

    @Test
    void a_queue_outside_of_the_grant_is_denied_and_one_that_is_not_defined_is_unknown() {
        assertDenied(() -> storage.queue(of(Action.QUEUE_SEND), OTHER));
        assertDenied(() -> storage.queue(of(Action.QUEUE_SEND), new QueueName("third")));
        assertThatThrownBy(() -> storage.queue(grants.ofEverything(), new QueueName("third")))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void a_message_says_who_sent_it_whatever_its_sender_claims() {
        var queue = storage.queue(grants.ofEverything(), JOBS);

        queue.send(MESSAGE.from(new Producer("hmac:somebody-else")));

        assertThat(queue.peek(1))
                .singleElement()
                .satisfies(peeked -> assertThat(peeked.delivery().producer()).isEqualTo("test:operator"));
    }

    @Test
    void a_grant_that_has_ended_opens_nothing() {
        var grant = grants.ofEverything();
        var queue = storage.queue(grant, JOBS);

        grant.close();

        assertDenied(() -> queue.send(MESSAGE));
        assertDenied(() -> queue.pull(PullRequest.STANDARD));
        assertDenied(() -> storage.queue(grant, JOBS));
    }

    @Test
    void queues_are_open_within_a_unit() {
        var grant = grants.ofEverything();

        storage.together(grant, inner -> inner.queue(grant, JOBS).send(MESSAGE));

        assertThat(storage.queue(grant, JOBS).metrics().count()).isEqualTo(1);
    }

    private Grant of(Action action) {
        return grants.of(
                "one",
                new Permission(Set.of(action), Set.of(ResourcePattern.exactly(JOBS.text())), Set.of(KeyPrefix.EVERY)));
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }
}
