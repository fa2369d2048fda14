package io.triport.storage.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Nats;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.QueueServer;
import io.triport.testkit.NatsProcess;
import io.triport.testkit.Relay;
import io.triport.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is away, does not answer, does not know us, or has another stream than queues need. */
@Timeout(120)
final class NatsFaultTest {
    private static final QueueDefinition JOBS = QueueDefinition.of(new QueueName("jobs"));
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static NatsProcess server;

    private final SettableClock clock = SettableClock.anywhere();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = NatsProcess.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (var each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void a_server_that_was_away_is_there_again_with_all_it_has_acknowledged() {
        var queue = open(server.address(), "away");
        queue.send(Message.text("before"));

        server.kill();
        var begun = System.nanoTime();
        // A read first: what is sent before the end of the connection is seen may have arrived.
        assertFailure(FailureCode.UNAVAILABLE, queue::metrics);
        assertFailure(FailureCode.UNAVAILABLE, () -> queue.send(Message.text("meanwhile")));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        server.resume();

        queue.send(Message.text("after"));
        assertThat(texts(queue)).containsExactly("before", "after");
    }

    @Test
    void a_node_starts_without_its_server_and_has_queues_when_it_comes() {
        try (var late = NatsProcess.start()) {
            late.kill();
            var queue = open(late.address(), "late");
            assertFailure(FailureCode.UNAVAILABLE, queue::metrics);

            late.resume();

            queue.send(Message.text("a"));
            assertThat(texts(queue)).containsExactly("a");
        }
    }

    @Test
    void a_lost_answer_is_looked_up_and_an_unknown_outcome_is_told_only_where_that_fails() {
        var relay = Relay.to(server.port());
        opened.add(relay);
        var queue = open("nats://127.0.0.1:" + relay.port(), "lost");
        queue.send(Message.text("before"));

        relay.cut();
        queue.send(Message.text("over a new connection"));
        relay.mode(Relay.Mode.LOSE_ANSWERS);
        assertFailure(FailureCode.OUTCOME_UNKNOWN, () -> queue.send(Message.text("perhaps")));
        assertFailure(FailureCode.UNAVAILABLE, queue::metrics);
        relay.mode(Relay.Mode.PASS);

        assertThat(texts(queue)).containsExactly("before", "over a new connection", "perhaps");
    }

    @Test
    void a_server_that_says_nothing_is_waited_for_no_longer_than_said() {
        var relay = Relay.to(server.port());
        opened.add(relay);
        var queue = open("nats://127.0.0.1:" + relay.port(), "silent");
        queue.send(Message.text("before"));

        relay.mode(Relay.Mode.HOLD_ANSWERS);
        var begun = System.nanoTime();
        assertFailure(FailureCode.OUTCOME_UNKNOWN, () -> queue.send(Message.text("perhaps")));
        assertFailure(FailureCode.UNAVAILABLE, queue::metrics);

        assertThat(System.nanoTime() - begun).isBetween(SHORT.toNanos(), TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void an_interrupted_thread_waits_for_nothing() {
        var queue = open(server.address(), "interrupted");
        Thread.currentThread().interrupt();

        assertFailure(FailureCode.UNAVAILABLE, () -> queue.send(Message.text("a")));

        assertThat(Thread.interrupted()).isTrue();
        queue.send(Message.text("b"));
        assertThat(texts(queue)).containsExactly("b");
    }

    @Test
    void whom_the_server_does_not_know_hears_so() {
        try (var asking = NatsProcess.start("--user", "triport", "--pass", "secret");
                var token = NatsProcess.start("--auth", "a-token")) {
            assertFailure(FailureCode.BACKEND_AUTHENTICATION, open(asking, "triport", "other")::metrics);
            assertFailure(FailureCode.BACKEND_AUTHENTICATION, open(asking, "", "")::metrics);
            assertFailure(FailureCode.BACKEND_AUTHENTICATION, open(token, "", "other")::metrics);

            assertThat(open(asking, "triport", "secret").metrics().count()).isZero();
            assertThat(open(token, "", "a-token").metrics().count()).isZero();
        }
    }

    @Test
    void a_stream_that_would_drop_what_queues_keep_ends_the_start() throws Exception {
        make("aging", "\"max_age\":60000000000,\"discard\":\"new\",\"storage\":\"file\"");
        make("oldest", "\"discard\":\"old\",\"storage\":\"file\"");
        make("volatile", "\"discard\":\"new\",\"storage\":\"memory\"");

        assertRefused("aging", 1, "nats: stream aging has max_age 60000000000 (expected: none)");
        assertRefused("oldest", 1, "nats: stream oldest has discard \"old\" (expected: new)");
        assertRefused("volatile", 1, "nats: stream volatile has storage \"memory\" (expected: file)");
        open(server.address(), "alone").metrics();
        assertRefused("alone", 3, "nats: stream alone has num_replicas 1 (expected: 3 or more)");
    }

    @Test
    void what_one_server_keeps_survives_its_process_and_is_declared_so() {
        try (var one = NatsFixture.open(NatsFixture.server(server.address(), "declared"), SHORT, clock)) {
            assertThat(one.queues().info().durability()).isEqualTo(Durability.PROCESS);
        }
    }

    @Test
    void a_full_stream_takes_no_more_and_gives_out_what_it_has() throws Exception {
        make("full", "\"max_bytes\":3000,\"discard\":\"new\",\"storage\":\"file\"");
        var queue = open(server.address(), "full");
        queue.send(Message.text("x".repeat(2_000)));

        assertFailure(FailureCode.FULL, () -> queue.send(Message.text("y".repeat(2_000))));

        assertThat(queue.peek(10)).hasSize(1);
    }

    @Test
    void only_a_server_that_shows_its_name_is_told_anything_over_tls(@TempDir Path directory) throws Exception {
        try (var right = ShownServer.start(directory, "127.0.0.1");
                var wrong = ShownServer.start(directory, "127.0.0.2")) {
            assertThat(over("tls", right.process(), right.trust()).metrics().count())
                    .isZero();
            assertFailure(FailureCode.UNAVAILABLE, over("tls", wrong.process(), wrong.trust())::metrics);
            assertFailure(FailureCode.UNAVAILABLE, over("tls", right.process(), wrong.trust())::metrics);
            assertFailure(FailureCode.UNAVAILABLE, over("nats", right.process(), right.trust())::metrics);
            assertFailure(FailureCode.UNAVAILABLE, over("tls", server, right.trust())::metrics);
        }
    }

    private Queue over(String scheme, NatsProcess process, KeyStore trust) {
        var to = NatsFixture.server(scheme + "://127.0.0.1:" + process.port(), "secured");
        return opened(NatsFixture.open(to, Duration.ofSeconds(10), clock, trust));
    }

    private Queue open(String address, String stream) {
        return opened(NatsFixture.open(NatsFixture.server(address, stream), SHORT, clock));
    }

    private Queue open(NatsProcess process, String user, String password) {
        var to = new QueueServer(process.address(), user, Secret.of(password), "known", 1);
        return opened(NatsFixture.open(to, SHORT, clock));
    }

    private Queue opened(OpenNats open) {
        opened.add(open);
        return open.queues().queue(JOBS);
    }

    private static void make(String stream, String form) throws Exception {
        var connection = Nats.connect(server.address());
        try {
            var question = "{\"name\":\"" + stream + "\",\"subjects\":[\"" + stream + "\"],\"retention\":\"limits\","
                    + "\"num_replicas\":1," + form + "}";
            var answer = connection
                    .request("$JS.API.STREAM.CREATE." + stream, question.getBytes(StandardCharsets.UTF_8))
                    .get(60, TimeUnit.SECONDS);
            assertThat(new String(answer.getData(), StandardCharsets.UTF_8)).doesNotContain("\"error\"");
        } finally {
            connection.close();
        }
    }

    private void assertRefused(String stream, int replicas, String message) {
        var to = new QueueServer(server.address(), "", Secret.of(""), stream, replicas);
        assertThatThrownBy(() -> NatsFixture.open(to, SHORT, clock))
                .isInstanceOf(StorageFailure.Rejected.class)
                .hasMessage(message);
    }

    private static List<String> texts(Queue queue) {
        return queue.pull(PullRequest.of(100)).stream()
                .map(lease -> lease.delivery().body().toUtf8())
                .toList();
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }
}
