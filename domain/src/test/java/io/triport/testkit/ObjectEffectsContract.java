package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.AutoResponse;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.ObjectOutbox;
import io.triport.domain.durable.ObjectSocket;
import io.triport.domain.durable.ObjectSockets;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.SocketTag;
import io.triport.domain.durable.Staleness;
import io.triport.domain.durable.StateKey;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Lease;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.Settlement;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The part of {@link DurableObjectsContract} on what leaves an object with its commits: messages to queues, and to sockets. */
public abstract class ObjectEffectsContract {
    static final ObjectClass TYPE = new ObjectClass("triport-test");

    private static final QueueName JOBS = DurableFixture.JOBS.name();
    private static final QueueName SMALL = DurableFixture.SMALL.name();
    private static final StateKey KEY = StateKey.of("key");
    private static final ObjectEvent DO = new ObjectEvent("do");
    private static final SocketTag RED = new SocketTag("red");
    private static final SocketTag BLUE = new SocketTag("blue");

    DurableFixture fixture;

    private volatile Consumer<ObjectContext> doing = context -> {};
    private volatile Connecting connecting =
            (socket, context) -> context.sockets().accept(socket, Set.of());
    private volatile Saying saying = (socket, message, context) -> socket.send(message);
    private final List<SocketClose> closed = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger made = new AtomicInteger();

    private interface Connecting {
        void on(ObjectSocket socket, ObjectContext context);
    }

    private interface Saying {
        void on(ObjectSocket socket, SocketMessage message, ObjectContext context);
    }

    /** The name of the adapter's row in the matrix. */
    protected abstract String adapter();

    /** A fixture over a state of its own; the contract closes it. */
    protected abstract DurableFixture create();

    /** What a caller sees of an {@link IllegalStateException} of an object's code: the same, unless its node is another one. */
    protected Consumer<Throwable> thrownByCode(String message) {
        return seen ->
                assertThat(seen).isInstanceOf(IllegalStateException.class).hasMessageStartingWith(message);
    }

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag("DO-07")
    void messages_leave_after_their_commit_in_their_order() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("sender"));
        run(objects, id, context -> {
            send(context, JOBS, "a", "b");
            context.sync();
            send(context, JOBS, "c");
            fixture.deliverMessages();
            assertThat(texts(pull(DurableFixture.JOBS))).containsExactly("a", "b");
        });
        run(objects, id, context -> send(context, JOBS, "d"));
        assertThat(pull(DurableFixture.JOBS)).isEmpty();

        fixture.deliverMessages();
        fixture.deliverMessages();

        var left = pull(DurableFixture.JOBS);
        assertThat(texts(left)).containsExactly("c", "d");
        assertThat(left).extracting(lease -> lease.delivery().producer()).containsOnly("object:triport-test/" + id);
    }

    @Test
    @Tag("DO-07")
    void no_message_leaves_of_an_event_or_a_transaction_that_throws() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("sender"));

        assertThatThrownBy(() -> run(objects, id, context -> {
                    send(context, JOBS, "a");
                    throw new IllegalStateException("on purpose");
                }))
                .satisfies(thrownByCode("on purpose"));
        run(objects, id, context -> {
            send(context, JOBS, "b");
            assertThatThrownBy(() -> context.state().transaction(() -> {
                        send(context, JOBS, "c");
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
        });
        fixture.deliverMessages();

        assertThat(texts(pull(DurableFixture.JOBS))).containsExactly("b");
    }

    @Test
    @Tag("DO-08")
    void no_message_leaves_of_an_event_whose_commit_fails() {
        var objects = scriptable();
        fixture.beforeCommit(() -> {
            throw new StorageFailure.Unavailable(FailureCode.FENCED, "the commit fails");
        });

        assertFails(FailureCode.FENCED, () -> run(objects, objects.fresh(), context -> send(context, JOBS, "never")));
        fixture.deliverMessages();

        assertThat(pull(DurableFixture.JOBS)).isEmpty();
    }

    @Test
    @Tag("DO-08")
    void nothing_leaves_while_a_commit_is_held_up_nor_when_it_fails_in_the_end() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var client = new FakeClient();
        connect(objects, id, client);
        var committing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        fixture.beforeCommit(() -> {
            committing.countDown();
            await(goOn);
            throw new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "the commit fails");
        });
        doing = context -> {
            context.state().put(KEY, Bytes.EMPTY);
            context.sockets().all().forEach(socket -> socket.send(new SocketMessage.Text("never")));
            send(context, JOBS, "never");
        };

        var answer = CompletableFuture.supplyAsync(
                () -> objects.inTurn(id, DO), command -> Thread.ofVirtual().start(command));
        await(committing);
        fixture.deliverMessages();
        assertThat(answer).isNotDone();
        assertThat(client.texts()).isEmpty();
        assertThat(pull(DurableFixture.JOBS)).isEmpty();
        goOn.countDown();

        assertThatThrownBy(answer::join)
                .hasCauseInstanceOf(StorageFailure.Unavailable.class)
                .cause()
                .hasMessage("the commit fails");
        fixture.deliverMessages();
        assertThat(client.texts()).isEmpty();
        assertThat(client.end()).contains(SocketClose.RESTART);
        assertThat(pull(DurableFixture.JOBS)).isEmpty();
    }

    @Test
    @Tag("DO-10")
    void a_message_that_was_committed_leaves_when_the_objects_are_opened_again() {
        var objects = scriptable();
        requireSurvival();
        var message = Message.json("{\"a\":1}")
                .delayed(Delay.of(Duration.ofSeconds(5)))
                .ordered(OrderingKey.of("line"));
        run(objects, objects.fresh(), context -> {
            context.outbox().send(JOBS, message);
            context.outbox().send(JOBS, Message.text("later").ordered(OrderingKey.of("line")));
            context.outbox().send(SMALL, Message.text("other"));
        });

        scriptable();
        fixture.deliverMessages();

        assertThat(texts(pull(DurableFixture.SMALL))).containsExactly("other");
        assertThat(pull(DurableFixture.JOBS)).isEmpty();
        fixture.clock().advance(Duration.ofSeconds(5));
        var first = pull(DurableFixture.JOBS).getFirst();
        assertThat(first.delivery().type()).isEqualTo(message.type());
        assertThat(first.delivery().body()).isEqualTo(message.body());
        settle(DurableFixture.JOBS, List.of(first));
        assertThat(texts(pull(DurableFixture.JOBS))).containsExactly("later");
    }

    @Test
    @Tag("DO-07")
    void a_message_whose_delivery_could_not_be_noted_is_delivered_again_and_taken_once() {
        var objects = scriptable();
        run(objects, objects.fresh(), context -> send(context, JOBS, "once"));
        fixture.beforeNote(() -> {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "on purpose");
        });
        assertFails(FailureCode.UNAVAILABLE, fixture::deliverMessages);
        fixture.beforeNote(() -> {});

        fixture.deliverMessages();

        assertThat(texts(pull(DurableFixture.JOBS))).containsExactly("once");
    }

    @Test
    @Tag("DO-07")
    void messages_wait_for_a_full_queue_and_no_more_are_taken_for_it_meanwhile() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("sender"));
        run(objects, id, context -> send(context, SMALL, "12345678"));
        run(objects, id, context -> send(context, JOBS, "beside"));
        fixture.deliverMessages();
        run(objects, id, context -> send(context, SMALL, "abcdefgh"));
        fixture.deliverMessages();

        assertFails(FailureCode.THROTTLED, () -> run(objects, id, context -> send(context, SMALL, "more")));
        run(objects, id, context -> send(context, JOBS, "still"));
        fixture.deliverMessages();
        assertThat(texts(pull(DurableFixture.JOBS))).containsExactly("beside", "still");
        var first = pull(DurableFixture.SMALL);
        assertThat(texts(first)).containsExactly("12345678");
        settle(DurableFixture.SMALL, first);
        fixture.deliverMessages();

        assertThat(texts(pull(DurableFixture.SMALL))).containsExactly("abcdefgh");
        run(objects, id, context -> send(context, SMALL, "x"));
    }

    @Test
    @Tag("DO-18")
    void the_limits_of_messages_hold() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("sender"));
        var hundred =
                IntStream.range(0, 100).mapToObj(i -> Message.text("m" + i)).toList();
        var large = Message.text("x".repeat(128_000));

        assertFails(
                FailureCode.NOT_FOUND, () -> run(objects, id, context -> send(context, new QueueName("none"), "a")));
        assertFails(
                FailureCode.BAD_REQUEST,
                () -> run(objects, id, context -> context.outbox().sendAll(JOBS, List.of())));
        assertFails(
                FailureCode.TOO_LARGE,
                () -> run(objects, id, context -> context.outbox().sendAll(JOBS, List.of(large, large, large))));
        assertFails(
                FailureCode.TOO_LARGE,
                () -> run(objects, id, context -> {
                    for (var sent = 0; sent < ObjectOutbox.MOST; sent += hundred.size()) {
                        context.outbox().sendAll(JOBS, hundred);
                    }
                    send(context, JOBS, "one more");
                }));
        assertFails(FailureCode.UNSUPPORTED, () -> {
            doing = context -> send(context, JOBS, "read");
            objects.read(id, DO, Staleness.NONE);
        });
        run(objects, id, context -> {
            for (var sent = 0; sent < ObjectOutbox.MOST; sent += hundred.size()) {
                context.outbox().sendAll(JOBS, hundred);
            }
        });
        run(objects, id, context -> {
            for (var i = 0; i < 4; i++) {
                context.outbox().send(JOBS, large);
            }
        });
        fixture.deliverMessages();

        var sizes = new ArrayList<Integer>();
        for (var some = pull(DurableFixture.JOBS); !some.isEmpty(); some = pull(DurableFixture.JOBS)) {
            some.forEach(lease -> sizes.add(lease.delivery().body().size()));
            settle(DurableFixture.JOBS, some);
        }
        assertThat(sizes).hasSize(ObjectOutbox.MOST + 4).endsWith(128_000, 128_000, 128_000, 128_000);
    }

    @Test
    void a_client_that_is_accepted_talks_with_its_object_turn_by_turn() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var client = new FakeClient();
        saying = (socket, message, context) -> {
            var before = context.state().get(KEY).orElse(Bytes.EMPTY);
            context.state().put(KEY, before.concat(Bytes.utf8("x")));
            socket.send(new SocketMessage.Binary(before));
            socket.send(message);
        };

        var link = connect(objects, id, client);
        AtOnce.run(20, number -> () -> {
            link.message(new SocketMessage.Text(Integer.toString(number)));
            return number;
        });

        assertThat(client.texts()).hasSize(40);
        assertThat(IntStream.range(0, 20).mapToObj(i -> client.texts().get(2 * i)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj("78"::repeat).toList());
        assertThat(client.end()).isEmpty();
    }

    @Test
    void a_client_that_the_object_does_not_take_has_no_socket() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var client = new FakeClient();

        connecting = (socket, context) -> {};
        assertThat(objects.connect(id, DO, client)).isEmpty();
        connecting = (socket, context) -> {
            context.sockets().accept(socket, Set.of());
            throw new IllegalStateException("on purpose");
        };
        assertThatThrownBy(() -> objects.connect(id, DO, client)).satisfies(thrownByCode("on purpose"));

        run(objects, id, context -> assertThat(context.sockets().all()).isEmpty());
        assertThat(client.texts()).isEmpty();
        assertThat(client.end()).isEmpty();
    }

    @Test
    @Tag("DO-08")
    void what_is_sent_to_sockets_waits_for_the_commit() {
        var objects = scriptable();
        var client = new FakeClient();
        var link = connect(objects, objects.named(ObjectName.of("room")), client);
        var committing = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        fixture.beforeCommit(() -> {
            committing.countDown();
            await(go);
        });
        saying = (socket, message, context) -> {
            context.state().put(KEY, Bytes.EMPTY);
            socket.send(message);
        };

        var said = CompletableFuture.runAsync(
                () -> link.message(new SocketMessage.Text("a")),
                command -> Thread.ofVirtual().start(command));
        await(committing);
        var before = client.texts();
        go.countDown();
        said.join();

        assertThat(before).isEmpty();
        assertThat(client.texts()).containsExactly("a");
    }

    @Test
    @Tag("DO-08")
    void what_was_to_be_sent_never_leaves_when_the_commit_fails_and_the_client_is_told_to_come_again() {
        var objects = scriptable();
        var client = new FakeClient();
        var link = connect(objects, objects.named(ObjectName.of("room")), client);
        fixture.beforeCommit(() -> {
            throw new StorageFailure.Unavailable(FailureCode.FENCED, "the commit fails");
        });
        saying = (socket, message, context) -> {
            context.state().put(KEY, Bytes.EMPTY);
            socket.send(message);
        };

        assertFails(FailureCode.FENCED, () -> link.message(new SocketMessage.Text("a")));

        assertThat(client.texts()).isEmpty();
        assertThat(client.end()).contains(SocketClose.RESTART);
        assertFails(FailureCode.FENCED, () -> link.message(new SocketMessage.Text("b")));
        link.closed(SocketClose.DONE);
        assertThat(closed).isEmpty();
    }

    @Test
    void nothing_that_an_event_or_a_transaction_did_to_sockets_lasts_when_it_throws() {
        var objects = scriptable();
        var client = new FakeClient();
        var link = connect(objects, objects.named(ObjectName.of("room")), client);
        saying = (socket, message, context) -> {
            socket.attach(Bytes.utf8("note"));
            socket.send(message);
            socket.close(SocketClose.DONE);
            throw new IllegalStateException("on purpose");
        };
        assertThatThrownBy(() -> link.message(new SocketMessage.Text("a"))).satisfies(thrownByCode("on purpose"));

        saying = (socket, message, context) -> {
            socket.send(new SocketMessage.Text(socket.attachment().toUtf8() + "first"));
            assertThatThrownBy(() -> context.state().transaction(() -> {
                        socket.attach(Bytes.utf8("note"));
                        socket.send(message);
                        socket.close(SocketClose.DONE);
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
            socket.send(new SocketMessage.Text(socket.attachment().toUtf8() + "last"));
        };
        link.message(new SocketMessage.Text("b"));

        assertThat(client.texts()).containsExactly("first", "last");
        assertThat(client.end()).isEmpty();
    }

    @Test
    @Tag("DO-16")
    void sockets_with_their_tags_and_attachments_outlive_an_instance_that_was_idle() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var red = new FakeClient();
        var both = new FakeClient();
        connecting = (socket, context) -> {
            context.sockets().accept(socket, Set.of(RED));
            socket.attach(Bytes.utf8("1"));
        };
        var link = connect(objects, id, red);
        connecting = (socket, context) -> {
            context.sockets().accept(socket, Set.of(BLUE, RED));
            assertThat(context.sockets().tagged(BLUE)).containsExactly(socket);
            socket.attach(Bytes.utf8("2"));
        };
        connect(objects, id, both);
        var before = made.get();

        fixture.ticker().advance(Duration.ofSeconds(11));
        fixture.renew();
        fixture.look();
        saying = (socket, message, context) -> {
            assertThat(socket.attachment()).isEqualTo(Bytes.utf8("1"));
            assertThat(socket.tags()).containsExactly(RED);
            assertThat(context.sockets().all()).hasSize(2).first().isSameAs(socket);
            assertThat(context.sockets().tagged(BLUE))
                    .singleElement()
                    .satisfies(other -> assertThat(other.attachment()).isEqualTo(Bytes.utf8("2")));
            context.sockets().tagged(RED).forEach(each -> each.send(message));
            socket.attach(Bytes.utf8("3"));
            assertThat(socket.attachment()).isEqualTo(Bytes.utf8("3"));
        };
        link.message(new SocketMessage.Text("to all"));

        assertThat(made).hasValue(before + 1);
        assertThat(red.texts()).containsExactly("to all");
        assertThat(both.texts()).containsExactly("to all");
        run(
                objects,
                id,
                context -> assertThat(context.sockets().all())
                        .extracting(socket -> socket.attachment().toUtf8())
                        .containsExactly("3", "2"));
    }

    @Test
    @Tag("DO-17")
    void an_automatic_response_does_not_wake_the_object() {
        var objects = scriptable();
        var client = new FakeClient();
        connecting = (socket, context) -> {
            context.sockets().accept(socket, Set.of());
            context.sockets().answerBy(new AutoResponse("ping", "pong"));
        };
        var link = connect(objects, objects.named(ObjectName.of("room")), client);
        var before = made.get();
        fixture.ticker().advance(Duration.ofSeconds(11));
        fixture.renew();
        fixture.look();

        link.message(new SocketMessage.Text("ping"));
        link.message(new SocketMessage.Text("ping"));

        assertThat(client.texts()).containsExactly("pong", "pong");
        assertThat(made).hasValue(before);
        link.message(new SocketMessage.Binary(Bytes.utf8("ping")));
        assertThat(made).hasValue(before + 1);
        saying = (socket, message, context) -> context.sockets().answerByNothing();
        link.message(new SocketMessage.Text("other"));
        saying = (socket, message, context) -> socket.send(message);
        link.message(new SocketMessage.Text("ping"));
        assertThat(client.texts()).containsExactly("pong", "pong", "70696e67", "ping");
    }

    @Test
    void the_end_of_a_connection_is_told_once_and_its_socket_is_gone_by_then() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var client = new FakeClient();
        var link = connect(objects, id, client);
        var other = new FakeClient();
        connect(objects, id, other);

        link.closed(new SocketClose(4001, "tired"));
        link.closed(SocketClose.CUT);

        assertThat(closed).containsExactly(new SocketClose(4001, "tired"));
        assertThat(other.texts()).containsExactly("1 left");
        assertFails(FailureCode.FENCED, () -> link.message(new SocketMessage.Text("late")));
        assertThat(client.texts()).isEmpty();
    }

    @Test
    void an_object_closes_a_socket_after_what_it_has_sent_and_is_not_told_of_it() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var client = new FakeClient();
        var link = connect(objects, id, client);
        saying = (socket, message, context) -> {
            socket.send(new SocketMessage.Text("last words"));
            socket.close(new SocketClose(4000, "enough"));
            socket.send(new SocketMessage.Text("never"));
            assertThat(context.sockets().all()).isEmpty();
        };

        link.message(new SocketMessage.Text("a"));
        link.closed(SocketClose.DONE);

        assertThat(client.texts()).containsExactly("last words");
        assertThat(client.end()).contains(new SocketClose(4000, "enough"));
        assertThat(closed).isEmpty();
        run(objects, id, context -> assertThat(context.sockets().all()).isEmpty());
    }

    @Test
    void clients_are_told_to_come_again_when_their_objects_are_closed() {
        var objects = scriptable();
        var client = new FakeClient();
        connect(objects, objects.named(ObjectName.of("room")), client);

        scriptable();

        assertThat(client.end()).contains(SocketClose.RESTART);
    }

    @Test
    void a_socket_is_of_no_use_outside_of_an_event_of_its_object_and_only_its_own_can_be_accepted() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var kept = new ArrayList<ObjectSocket>();
        connecting = (socket, context) -> {
            assertThatThrownBy(() -> socket.send(new SocketMessage.Text("early")))
                    .isInstanceOf(IllegalStateException.class);
            context.sockets().accept(socket, Set.of());
            assertThatThrownBy(() -> context.sockets().accept(socket, Set.of()))
                    .isInstanceOf(IllegalArgumentException.class);
            kept.add(socket);
        };
        connect(objects, id, new FakeClient());

        var socket = kept.getFirst();

        assertThatThrownBy(() -> socket.send(new SocketMessage.Text("late"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(socket::attachment).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run(objects, objects.fresh(), context -> socket.attach(Bytes.EMPTY)))
                .satisfies(thrownByCode("socket: "));
        run(
                objects,
                id,
                context -> assertThatThrownBy(() -> context.sockets().accept(socket, Set.of()))
                        .isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void a_read_sees_sockets_and_sends_nothing() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var client = new FakeClient();
        connect(objects, id, client);

        doing = context -> assertThat(context.sockets().all()).hasSize(1);
        objects.read(id, DO, Staleness.NONE);
        doing = context -> context.sockets().all().getFirst().send(new SocketMessage.Text("read"));

        assertFails(FailureCode.UNSUPPORTED, () -> objects.read(id, DO, Staleness.NONE));
        assertThat(client.texts()).isEmpty();
    }

    @Test
    @Tag("DO-18")
    void the_limits_of_sockets_hold() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        var tags = IntStream.rangeClosed(0, ObjectSockets.MOST_TAGS)
                .mapToObj(i -> new SocketTag("tag " + i))
                .toList();
        var largest = Bytes.copyOf(new byte[ObjectSocket.MOST_ATTACHED]);

        connecting = (socket, context) -> context.sockets().accept(socket, Set.copyOf(tags));
        assertFails(FailureCode.TOO_LARGE, () -> objects.connect(id, DO, new FakeClient()));
        connecting = (socket, context) -> {
            context.sockets().accept(socket, Set.copyOf(tags.subList(1, tags.size())));
            socket.attach(largest);
        };
        var link = connect(objects, id, new FakeClient());
        saying = (socket, message, context) -> socket.attach(largest.concat(Bytes.utf8("x")));
        assertFails(FailureCode.TOO_LARGE, () -> link.message(new SocketMessage.Text("a")));
        saying = (socket, message, context) -> socket.close(SocketClose.CUT);
        assertInvalid(() -> link.message(new SocketMessage.Text("a")));
        assertThat(new SocketTag("x".repeat(256)).text()).hasSize(256);
        assertInvalid(() -> new SocketTag("x".repeat(257)));
        assertInvalid(() -> new SocketTag(""));
        assertThat(new AutoResponse("x".repeat(2_048), "y".repeat(2_048)).response())
                .hasSize(2_048);
        assertInvalid(() -> new AutoResponse("x".repeat(2_049), ""));
        assertInvalid(() -> new AutoResponse("", "x".repeat(2_049)));
        assertInvalid(() -> new SocketClose(999, ""));
        assertInvalid(() -> new SocketClose(5_000, ""));
        assertInvalid(() -> new SocketClose(1_000, "x".repeat(124)));
        var whole = new byte[SocketMessage.MOST_BYTES];
        assertThat(new SocketMessage.Binary(Bytes.copyOf(whole)).size()).isEqualTo(SocketMessage.MOST_BYTES);
        assertFails(
                FailureCode.TOO_LARGE,
                () -> new SocketMessage.Binary(Bytes.copyOf(new byte[SocketMessage.MOST_BYTES + 1])));
    }

    @Test
    @Tag("DO-18")
    void an_object_takes_32_768_sockets() {
        var objects = scriptable();
        var id = objects.named(ObjectName.of("room"));
        for (var i = 0; i < ObjectSockets.MOST; i++) {
            connect(objects, id, new FakeClient());
        }

        assertFails(FailureCode.THROTTLED, () -> objects.connect(id, DO, new FakeClient()));
        run(objects, id, context -> assertThat(context.sockets().all()).hasSize(ObjectSockets.MOST));
    }

    /** Objects that do what the fields say. */
    private DurableObjects scriptable() {
        return objects(() -> {
            made.incrementAndGet();
            return new Scripted();
        });
    }

    private final class Scripted implements DurableObject {
        @Override
        public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
            doing.accept(context);
            return ObjectAnswer.EMPTY;
        }

        @Override
        public void connect(ObjectEvent event, ObjectSocket socket, ObjectContext context) {
            connecting.on(socket, context);
        }

        @Override
        public void socketMessage(ObjectSocket socket, SocketMessage message, ObjectContext context) {
            saying.on(socket, message, context);
        }

        @Override
        public void socketClose(ObjectSocket socket, SocketClose how, ObjectContext context) {
            closed.add(how);
            var left = context.sockets().all();
            left.forEach(other -> other.send(new SocketMessage.Text(left.size() + " left")));
        }
    }

    private void run(DurableObjects objects, ObjectId id, Consumer<ObjectContext> step) {
        doing = step;
        objects.inTurn(id, DO);
    }

    private static SocketLink connect(DurableObjects objects, ObjectId id, FakeClient client) {
        return objects.connect(id, DO, client).orElseThrow();
    }

    private static void send(ObjectContext context, QueueName queue, String... texts) {
        for (var text : texts) {
            context.outbox().send(queue, Message.text(text));
        }
    }

    private List<Lease> pull(QueueDefinition definition) {
        return fixture.queue(definition).pull(PullRequest.of(100));
    }

    private void settle(QueueDefinition definition, List<Lease> leases) {
        fixture.queue(definition)
                .settle(leases.stream()
                        .<Settlement>map(lease -> new Settlement.Ack(lease.id()))
                        .toList());
    }

    private static List<String> texts(List<Lease> leases) {
        return leases.stream().map(lease -> lease.delivery().body().toUtf8()).toList();
    }

    DurableObjects objects(Supplier<DurableObject> code) {
        return fixture.open(DurableCode.of(TYPE, code)).objects(TYPE).orElseThrow();
    }

    /** Asked when objects are open. */
    void requireSurvival() {
        if (fixture.info().durability() == Durability.VOLATILE) {
            throw new NotClaimed(Durability.PROCESS);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInput.class);
    }

    static void assertFails(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
