package io.triport.storage.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.NodeLink;
import io.triport.storage.durable.Access;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.HandedEvent;
import io.triport.storage.durable.HandedOn;
import io.triport.storage.durable.Handing;
import io.triport.testkit.TlsAuthority;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who connects to the port of the nodes and is none, or speaks otherwise than nodes do. */
@Timeout(60)
final class StrangersTest {
    private static final NodeAddress ANY = new NodeAddress("127.0.0.1", 0);
    private static final HandedEvent EVENT = new HandedEvent(
            new Address(new ObjectClass("rooms"), new ObjectIds(new ObjectClass("rooms")).named(ObjectName.of("room"))),
            new ObjectEvent("add"),
            Access.WRITE,
            Set.of());
    private static final int MORE_THAN_MAY_WAIT = 100;

    private final TlsAuthority authority = new TlsAuthority();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(0));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final PeerNodes node = node();
    private final PeerNodes other = node();

    StrangersTest() {
        node.serve(new HandedOn() {
            @Override
            public Handing<ObjectAnswer> ask(HandedEvent event) {
                var number = asked.incrementAndGet();
                if (held.get().getCount() > 0) {
                    begun.countDown();
                    await(held.get());
                }
                return new Handing.Given<>(new ObjectAnswer(Bytes.utf8(Integer.toString(number))));
            }

            @Override
            public Handing<Optional<SocketLink>> connect(HandedEvent event, ClientSocket client) {
                return new Handing.Given<>(Optional.empty());
            }
        });
    }

    @AfterEach
    void close() {
        other.close();
        node.close();
    }

    @Test
    void who_says_nothing_is_not_waited_for_and_many_of_them_keep_no_node_out_for_long() throws IOException {
        var silent = new ArrayList<Socket>();
        for (var i = 0; i < MORE_THAN_MAY_WAIT; i++) {
            silent.add(plain());
        }

        for (var each : silent) {
            assertThat(endOf(each)).isEqualTo(-1);
            each.close();
        }
        assertThat(other.ask(node.announced(), EVENT)).isEqualTo(answered("1"));
    }

    @Test
    void who_speaks_without_tls_is_answered_with_the_end() throws IOException {
        try (var socket = plain()) {
            Frame.of(Frame.Kind.ASK, EventForm.write(EVENT)).write(new DataOutputStream(socket.getOutputStream()));
            assertThat(asked).hasValue(0);
            while (endOf(socket) >= 0) {
                // TLS says why before it ends.
            }
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_node_of_another_form_is_not_listened_to() throws IOException {
        try (var socket = proved()) {
            var out = new DataOutputStream(socket.getOutputStream());
            Frame.of(Frame.Kind.HELLO, Bytes.utf8("another")).write(out);
            new Frame(Frame.Kind.ASK, 1, EventForm.write(EVENT)).write(out);
            out.flush();

            var in = new DataInputStream(socket.getInputStream());
            assertThat(Frame.read(in).kind()).isEqualTo(Frame.Kind.HELLO);
            assertThat(endOf(socket)).isEqualTo(-1);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_node_that_stops_tells_what_it_has_begun_and_looks_at_nothing_more() throws IOException {
        try (var socket = proved()) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            Frame.read(in).write(out);
            new Frame(Frame.Kind.ASK, 1, EventForm.write(EVENT)).write(out);
            out.flush();
            assertThat(Frame.read(in)).isEqualTo(new Frame(Frame.Kind.ANSWER, 1, Bytes.utf8("1")));
            held.set(new CountDownLatch(1));
            new Frame(Frame.Kind.ASK, 2, EventForm.write(EVENT)).write(out);
            out.flush();
            await(begun);

            node.close();

            assertThat(Frame.read(in))
                    .isEqualTo(Frame.of(
                            Frame.Kind.BYE, new Packed().number(1).number(2).done()));
            held.get().countDown();
            while (endOf(socket) >= 0) {
                // What came too late.
            }
        }
        assertThat(other.ask(node.announced(), EVENT)).isEqualTo(new Handing.Missed<>());
    }

    @Test
    void of_what_a_node_that_stops_has_not_begun_nothing_happened_and_of_the_rest_nobody_knows() throws Exception {
        try (var listening = (SSLServerSocket) authority
                .context(authority.issue("CN=node"))
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            var there = new NodeAddress("127.0.0.1", listening.getLocalPort());
            var asking = List.of(later(() -> other.ask(there, EVENT)), later(() -> other.ask(there, EVENT)));
            try (var socket = listening.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                var out = new DataOutputStream(socket.getOutputStream());
                Frame.read(in).write(out);
                out.flush();
                assertThat(Set.of(next(in), next(in))).containsExactlyInAnyOrder(1L, 2L);
                Frame.of(Frame.Kind.BYE, new Packed().number(1).number(2).done())
                        .write(out);
                out.flush();
                assertThat(CompletableFuture.anyOf(asking.toArray(CompletableFuture[]::new))
                                .join())
                        .isEqualTo(new Handing.Missed<>());
            }
            assertThat(asking.stream()
                            .map(each -> each.handle((given, thrown) -> thrown == null ? "missed" : code(thrown))
                                    .join()))
                    .containsExactlyInAnyOrder("missed", "OUTCOME_UNKNOWN");
        }
    }

    private static String code(Throwable thrown) {
        return ((StorageFailure) Objects.requireNonNull(thrown.getCause()))
                .code()
                .name();
    }

    /** The exchange of the next event. */
    private static long next(DataInputStream in) throws IOException {
        while (true) {
            var frame = Frame.read(in);
            if (frame.kind() == Frame.Kind.ASK) {
                return frame.exchange();
            }
        }
    }

    private static <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, command -> Thread.ofVirtual().start(command));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void a_node_that_sends_what_is_no_event_is_cut_off_and_others_are_not() throws IOException {
        try (var socket = proved()) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            Frame.read(in).write(out);
            new Frame(Frame.Kind.ASK, 1, EventForm.write(EVENT)).write(out);
            out.flush();
            assertThat(Frame.read(in)).isEqualTo(new Frame(Frame.Kind.ANSWER, 1, Bytes.utf8("1")));

            new Frame(Frame.Kind.ASK, 2, Bytes.utf8("what")).write(out);
            out.flush();
            assertThat(endOf(socket)).isEqualTo(-1);
        }
        assertThat(other.ask(node.announced(), EVENT)).isEqualTo(answered("2"));
    }

    private static Handing<ObjectAnswer> answered(String text) {
        return new Handing.Given<>(new ObjectAnswer(Bytes.utf8(text)));
    }

    private PeerNodes node() {
        return PeerNodes.open(new NodeLink(ANY, ANY, () -> authority.proof(authority.issue("CN=node"))));
    }

    private Socket plain() throws IOException {
        return new Socket(node.announced().host(), node.announced().port());
    }

    private SSLSocket proved() throws IOException {
        var socket = (SSLSocket) authority
                .context(authority.issue("CN=node"))
                .getSocketFactory()
                .createSocket(node.announced().host(), node.announced().port());
        socket.startHandshake();
        return socket;
    }

    /** @return -1 at the end, however it comes */
    private static int endOf(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException e) {
            return -1;
        }
    }
}
