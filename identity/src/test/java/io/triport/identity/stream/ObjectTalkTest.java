package io.triport.identity.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.durable.Staleness;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ObjectTalkTest {
    private static final Socket.Gone GONE = new Socket.Gone(4001, "tired");

    private final FakeSocket socket = new FakeSocket();
    private final FakeObject object = new FakeObject();
    private final AtomicBoolean holds = new AtomicBoolean(true);

    @Test
    void a_client_that_the_object_does_not_take_has_nothing_to_say() {
        object.taking = false;

        assertThat(connect(ObjectTalk.Terms.usual(holds::get))).isEmpty();
    }

    @Test
    void what_the_client_says_comes_to_the_object_in_order_and_its_end_too() {
        var talk = start(ObjectTalk.Terms.usual(holds::get));

        socket.received.add(new Socket.Text("one"));
        socket.received.add(new Socket.Ping());
        socket.received.add(new Socket.Binary(Bytes.utf8("two")));
        socket.received.add(GONE);
        talk.join();

        assertThat(object.heard)
                .containsExactly(new SocketMessage.Text("one"), new SocketMessage.Binary(Bytes.utf8("two")));
        assertThat(object.closed).containsExactly(new SocketClose(4001, "tired"));
    }

    @Test
    void a_code_that_nobody_has_defined_is_none() {
        var talk = start(ObjectTalk.Terms.usual(holds::get));

        socket.received.add(new Socket.Gone(5_000, "odd"));
        talk.join();

        assertThat(object.closed).containsExactly(SocketClose.UNSAID);
    }

    @Test
    void what_the_object_says_comes_to_the_client_in_order_also_what_it_said_before_the_change_of_protocol()
            throws InterruptedException {
        object.taken = client -> client.send(new SocketMessage.Text("welcome"));
        var talk = start(ObjectTalk.Terms.usual(holds::get));

        object.client().send(new SocketMessage.Binary(Bytes.utf8("one")));
        object.client().send(new SocketMessage.Text("two"));

        assertThat(List.of(socket.sent(), socket.sent(), socket.sent())).containsExactly("welcome", "6f6e65", "two");
        socket.received.add(GONE);
        talk.join();
    }

    @Test
    void an_object_that_closes_the_socket_is_heard_after_its_last_words() throws InterruptedException {
        var talk = start(ObjectTalk.Terms.usual(holds::get));

        object.client().send(new SocketMessage.Text("bye"));
        object.client().close(new SocketClose(4000, "enough"));
        object.client().send(new SocketMessage.Text("never"));

        assertThat(socket.sent()).isEqualTo("bye");
        assertThat(socket.sent()).isEqualTo("closed 4000 enough");
        socket.received.add(new Socket.Gone(4000, "enough"));
        talk.join();
        assertThat(socket.sent).isEmpty();
    }

    @Test
    void a_client_that_does_not_take_what_waits_for_it_is_cut_off() throws InterruptedException {
        var held = new CountDownLatch(1);
        socket.stalled = held;
        var talk = start(new ObjectTalk.Terms(1_000, 1_000, holds::get));

        for (var i = 0; i < 20; i++) {
            object.client().send(new SocketMessage.Text("x".repeat(100)));
        }
        held.countDown();

        var all = new ArrayList<String>();
        for (var next = socket.sent(); !next.startsWith("closed"); next = socket.sent()) {
            all.add(next);
        }
        assertThat(all).hasSizeLessThan(20);
        socket.received.add(GONE);
        talk.join();
    }

    @Test
    void a_talk_ends_when_the_identity_does() throws InterruptedException {
        var talk = start(ObjectTalk.Terms.usual(holds::get));

        holds.set(false);
        talk.join();

        assertThat(socket.sent()).isEqualTo("closed 1008 the identity has ended");
        assertThat(object.closed).extracting(SocketClose::code).containsExactly(1008);
    }

    @Test
    void a_message_that_the_object_could_not_take_ends_the_talk_as_the_failure_says() throws InterruptedException {
        object.failing = Optional.of(new StorageFailure.Unavailable(FailureCode.OVERLOADED, "on purpose"));
        var talk = start(ObjectTalk.Terms.usual(holds::get));
        socket.received.add(new Socket.Text("one"));
        talk.join();
        assertThat(socket.sent()).isEqualTo("closed 1013 not taken");

        object.failing = Optional.of(new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "on purpose"));
        talk = start(ObjectTalk.Terms.usual(holds::get));
        socket.received.add(new Socket.Text("one"));
        talk.join();
        assertThat(socket.sent()).isEqualTo("closed 1011 ");
        assertThat(object.closed).extracting(SocketClose::code).containsExactly(1013, 1011);
    }

    @Test
    void a_failure_of_the_objects_code_is_the_callers_to_tell_and_the_object_hears_of_the_end() {
        object.failing = Optional.of(new IllegalStateException("on purpose"));
        var talk = start(ObjectTalk.Terms.usual(holds::get));

        socket.received.add(new Socket.Text("one"));

        assertThatThrownBy(talk::join).hasRootCauseMessage("on purpose");
        assertThat(object.closed).containsExactly(SocketClose.CUT);
    }

    private Optional<ObjectTalk> connect(ObjectTalk.Terms terms) {
        var id = object.named(ObjectName.of("room"));
        return ObjectTalk.connect(object, id, new ObjectEvent("connect"), terms);
    }

    private CompletableFuture<Void> start(ObjectTalk.Terms terms) {
        var talk = connect(terms).orElseThrow();
        assertThat(talk.mostBytes()).isEqualTo(terms.mostBytes());
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        talk.talk(socket);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("interrupted", e);
                    }
                },
                command -> Thread.ofVirtual().start(command));
    }

    /** A connection that keeps what is sent, and may stall. */
    private static final class FakeSocket implements Socket {
        private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        private volatile CountDownLatch stalled = new CountDownLatch(0);

        @Override
        public Received next(Duration most) throws InterruptedException {
            var next = received.poll(most.toNanos(), TimeUnit.NANOSECONDS);
            return next == null ? new Nothing() : next;
        }

        @Override
        public void send(String text) throws InterruptedException {
            stalled.await();
            sent.add(text);
        }

        @Override
        public void send(Bytes bytes) throws InterruptedException {
            stalled.await();
            sent.add(bytes.toHex());
        }

        @Override
        public void close(int code, String reason) {
            sent.add("closed " + code + " " + reason);
        }

        private String sent() throws InterruptedException {
            return sent.take();
        }
    }

    /** An object that keeps what it hears. */
    private static final class FakeObject implements DurableObjects, SocketLink {
        private final ObjectIds ids = new ObjectIds(new ObjectClass("rooms"));
        private final List<SocketMessage> heard = Collections.synchronizedList(new ArrayList<>());
        private final List<SocketClose> closed = Collections.synchronizedList(new ArrayList<>());
        private boolean taking = true;
        private Consumer<ClientSocket> taken = client -> {};
        private Optional<ClientSocket> client = Optional.empty();
        private volatile Optional<RuntimeException> failing = Optional.empty();

        @Override
        public Optional<SocketLink> connect(ObjectId id, ObjectEvent event, ClientSocket asking) {
            client = Optional.of(asking);
            taken.accept(asking);
            return taking ? Optional.of(this) : Optional.empty();
        }

        private ClientSocket client() {
            return client.orElseThrow();
        }

        @Override
        public void message(SocketMessage message) {
            failing.ifPresent(failure -> {
                throw failure;
            });
            heard.add(message);
        }

        @Override
        public void closed(SocketClose how) {
            closed.add(how);
        }

        @Override
        public ObjectId named(ObjectName name) {
            return ids.named(name);
        }

        @Override
        public ObjectId fresh() {
            throw new UnsupportedOperationException("fresh");
        }

        @Override
        public ObjectId parse(String text) {
            return ids.parse(text);
        }

        @Override
        public ObjectAnswer inTurn(ObjectId id, ObjectEvent event) {
            throw new UnsupportedOperationException("turn");
        }

        @Override
        public ObjectAnswer read(ObjectId id, ObjectEvent event, Staleness most) {
            throw new UnsupportedOperationException("read");
        }

        @Override
        public ObjectListing list(Optional<ObjectId> after, int limit) {
            throw new UnsupportedOperationException("list");
        }
    }
}
