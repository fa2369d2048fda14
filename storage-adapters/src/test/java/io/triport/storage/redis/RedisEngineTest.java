package io.triport.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KillArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.testkit.AtOnce;
import io.triport.testkit.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract does not ask: a server that forgets, stands still, is full, or is set up for something else. */
final class RedisEngineTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey KEY = KvKey.of("a");
    private static final KvEntry VALUE = KvEntry.of("v");
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long LONG_MILLIS = 600_000;

    private RedisServer server;
    private RedisFixture fixture;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        fixture = new RedisFixture(server.address());
        fixture.engine().resources().create(CACHE);
    }

    @AfterEach
    void stop() {
        if (fixture != null) {
            fixture.close();
            server.close();
        }
    }

    @Test
    void it_says_that_it_may_lose_everything() {
        assertThat(fixture.engine().info().durability()).isEqualTo(Durability.VOLATILE);
        assertThat(fixture.engine().info().capabilities()).isEmpty();
    }

    @Test
    void a_server_that_forgot_all_has_no_namespaces_and_gives_no_version_again() {
        put(fixture.engine(), KEY);
        var before = put(fixture.engine(), KEY);
        server.stop();

        assertFailure(
                FailureCode.UNAVAILABLE, () -> fixture.engine().keyValue(CACHE).get(KEY));
        assertFailure(FailureCode.UNAVAILABLE, () -> put(fixture.beside(), KEY));
        server.resume();

        assertFailure(
                FailureCode.NOT_FOUND, () -> fixture.engine().keyValue(CACHE).get(KEY));
        fixture.clock().advance(Duration.ofMillis(1));
        fixture.engine().resources().create(CACHE);
        assertThat(put(fixture.engine(), KEY).version()).isGreaterThan(before.version());
    }

    @Test
    void a_write_without_an_answer_may_have_happened_and_a_read_without_one_has_not() {
        var hasty = fixture.engine(SHORT);
        server.asked(commands -> commands.clientPause(LONG_MILLIS));

        assertFailure(FailureCode.OUTCOME_UNKNOWN, () -> put(hasty, KEY));
        assertFailure(FailureCode.UNAVAILABLE, () -> hasty.keyValue(CACHE).get(KEY));
    }

    @Test
    void a_write_whose_connection_is_cut_is_not_sent_again() throws Exception {
        // The last command that the server saw on this connection is no script then.
        fixture.engine().resources().find(CACHE);
        client("PAUSE", Long.toString(LONG_MILLIS), "WRITE");
        var put = CompletableFuture.supplyAsync(() -> put(fixture.engine(), KEY));
        while (!server.asked(RedisCommands::clientList).contains("cmd=eval")) {
            Thread.onSpinWait();
        }

        server.asked(
                commands -> commands.clientKill(KillArgs.Builder.typeNormal().skipme()));

        assertThatThrownBy(() -> put.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN));
        client("UNPAUSE");
        assertThat(fixture.engine().keyValue(CACHE).get(KEY)).isEmpty();
    }

    @Test
    void a_server_that_stands_still_keeps_nobody_from_closing() {
        var patient = OpenRedis.openForNamespaces(server.address(), Duration.ofHours(1), fixture.clock());
        var values = engine(patient);
        put(values, KEY);
        server.asked(commands -> commands.clientPause(LONG_MILLIS));
        var asked = CompletableFuture.supplyAsync(() -> failure(values));

        patient.close();

        assertThat(asked.orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo(FailureCode.UNAVAILABLE);
        assertFailure(FailureCode.UNAVAILABLE, () -> put(values, KEY));
    }

    @Test
    void a_server_without_memory_is_full_and_gives_out_and_removes_what_it_has() {
        put(fixture.engine(), KEY);
        server.asked(commands -> commands.configSet("maxmemory", "1"));

        assertFailure(FailureCode.FULL, () -> put(fixture.engine(), KvKey.of("b")));
        assertFailure(FailureCode.FULL, () -> store().putMany(List.of(new KvPair(KEY, KvEntry.of("other")))));
        assertThat(store().get(KEY).orElseThrow().value()).isEqualTo(Bytes.utf8("v"));
        assertThat(store().list(KvQuery.all()).keys()).hasSize(1);
        assertThat(store().delete(KEY)).isTrue();

        server.asked(commands -> commands.configSet("maxmemory", "0"));
        assertThat(put(fixture.engine(), KEY)).isNotNull();
    }

    @Test
    void a_server_that_removes_keys_as_it_likes_is_refused() {
        server.asked(commands -> commands.configSet("maxmemory-policy", "allkeys-lru"));

        assertThatThrownBy(fixture::beside)
                .isInstanceOf(StorageFailure.Rejected.class)
                .hasMessage("redis: maxmemory-policy allkeys-lru (expected: noeviction, for namespaces)");

        server.asked(commands -> commands.configSet("maxmemory-policy", "volatile-lru"));
        assertThat(fixture.beside().keyValue(CACHE).get(KEY)).isEmpty();
    }

    @Test
    void a_server_that_does_not_know_us_or_is_not_there_is_told_when_it_is_asked() {
        var away = new StorageSettings.Redis("redis://127.0.0.1:1", Secret.of(""));
        try (var locked = RedisServer.start("secret");
                var wrong = OpenRedis.openForNamespaces(
                        new StorageSettings.Redis(locked.address().address(), Secret.of("other")),
                        SHORT,
                        fixture.clock());
                var none = OpenRedis.openForNamespaces(away, SHORT, fixture.clock())) {
            assertFailure(
                    FailureCode.BACKEND_AUTHENTICATION,
                    () -> engine(wrong).keyValue(CACHE).get(KEY));
            assertFailure(FailureCode.UNAVAILABLE, () -> put(engine(none), KEY));
        }
    }

    @Test
    void those_who_wait_for_a_server_that_says_nothing_wait_for_one_connection() throws IOException {
        var connections = new AtomicInteger();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var held = new Held();
                var redis = OpenRedis.openForNamespaces(
                        new StorageSettings.Redis("redis://127.0.0.1:" + silent.getLocalPort(), Secret.of("")),
                        Duration.ofSeconds(2),
                        fixture.clock())) {
            Thread.ofVirtual().start(() -> {
                while (held.took(silent)) {
                    connections.incrementAndGet();
                }
            });
            var values = engine(redis);

            var failures = AtOnce.run(16, number -> () -> failure(values));

            assertThat(failures).containsOnly(FailureCode.UNAVAILABLE);
            // One to look at the server, and then not one for each.
            assertThat(connections).hasValueLessThan(16);
        }
    }

    private static FailureCode failure(StorageEngine values) {
        try {
            values.keyValue(CACHE).get(KEY);
            throw new AssertionError("answered");
        } catch (StorageFailure e) {
            return e.code();
        }
    }

    /** Connections that are taken and never answered. */
    private static final class Held implements AutoCloseable {
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        boolean took(ServerSocket server) {
            try {
                sockets.add(server.accept());
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void a_server_that_follows_another_takes_no_writes() {
        server.asked(commands -> commands.replicaof("127.0.0.1", 1));

        assertFailure(FailureCode.UNAVAILABLE, () -> put(fixture.engine(), KEY));
    }

    @Test
    void what_is_deleted_dropped_and_expired_leaves_nothing_on_the_server_but_the_counter() {
        var other = fixture.engine().resources().create(new NamespaceTitle("OTHER"));
        var pairs = IntStream.range(0, 2_500)
                .mapToObj(i -> new KvPair(
                        KvKey.of("k" + i), i % 2 == 0 ? VALUE : VALUE.expiring(Expiry.after(MINUTE.multipliedBy(9)))))
                .toList();
        fixture.engine().keyValue(other.title()).putMany(pairs);
        store().put(KEY, VALUE.expiring(Expiry.after(MINUTE)), KvCondition.ANY);
        store().put(KvKey.of("b"), VALUE.expiring(Expiry.after(MINUTE)), KvCondition.ANY);
        store().delete(KvKey.of("b"));
        fixture.clock().advance(MINUTE);

        fixture.engine().resources().drop(other.id());
        var removed = IntStream.range(0, 4)
                .map(i -> fixture.engine().resources().reclaim(1_000))
                .boxed()
                .toList();

        assertThat(removed).containsExactly(1_000, 1_000, 501, 0);
        List<String> left = server.asked(commands -> commands.keys("*"));
        assertThat(left).containsExactlyInAnyOrder("triport:{kv}:titles", "triport:{kv}:ids", "triport:{kv}:version");
    }

    @Test
    void a_bulk_call_tells_what_a_server_that_is_full_in_between_did_not_take() {
        var large = KvEntry.of(Bytes.copyOf(new byte[7_000_000]));
        var pairs = IntStream.range(0, 12)
                .mapToObj(i -> new KvPair(KvKey.of("k" + i), large))
                .toList();
        server.asked(commands -> commands.configSet("maxmemory", "60mb"));

        var outcome = store().putMany(pairs);

        assertThat(outcome.done()).isPositive();
        assertThat(outcome.failed()).hasSize(pairs.size() - outcome.done());
        assertThat(outcome.failed()).extracting(BulkOutcome.Failed::code).containsOnly(FailureCode.FULL);
        assertThat(outcome.failed())
                .allSatisfy(failed -> assertThat(store().get(failed.key())).isEmpty());
        assertThat(store().list(KvQuery.all()).keys()).hasSize(outcome.done());
    }

    private void client(String... words) {
        var arguments = new CommandArgs<>(StringCodec.UTF8);
        List.of(words).forEach(arguments::add);
        server.asked(
                commands -> commands.dispatch(CommandType.CLIENT, new StatusOutput<>(StringCodec.UTF8), arguments));
    }

    private KeyValueStore store() {
        return fixture.engine().keyValue(CACHE);
    }

    private StorageEngine engine(OpenRedis redis) {
        var clock = SettableClock.anywhere();
        return redis.namespaces(new CursorSeal(Bytes.copyOf(new byte[32]), clock), Randomness.system());
    }

    private static KvPut.Stored put(StorageEngine engine, KvKey key) {
        return (KvPut.Stored) engine.keyValue(CACHE).put(key, VALUE, KvCondition.ANY);
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
