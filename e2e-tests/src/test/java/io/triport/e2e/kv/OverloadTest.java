package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.runtime.server.EmbeddedServer;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.EdgeLimits;
import io.triport.identity.launch.WiredApp;
import io.triport.kv.KvProxyApp;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More requests than there are places and turns, over a storage that answers when it is told to: what is refused and what is
 * not follows from numbers, not from speed.
 */
final class OverloadTest {
    private static final int PLACES = 8;
    private static final int ROUNDS = 20;
    /** The queue is as long as there are places. */
    private static final int CAPACITY = 2 * PLACES;

    private static final int CALLERS = 2 * CAPACITY;
    private static final int SURPLUS = CALLERS - CAPACITY;
    private static final String GET = "{\"namespace\":\"CACHE\",\"key\":\"k\"}";

    private final WireClient client = TestKeyMap.all();
    private final FakeStorageEngine data = new FakeStorageEngine(Clock.systemUTC());
    private final HoldingEngine storage = HoldingEngine.over(data);
    private ApplicationContext context = ApplicationContext.builder().build();
    private Optional<WiredApp.Management> management = Optional.empty();

    @BeforeEach
    void start(@TempDir Path directory) {
        data.resources().create(new NamespaceTitle("CACHE"));
        var clock = Clock.systemUTC();
        var wired = WiredApp.read(
                KvProxyApp.create(),
                TestKeyMap.environment(),
                Map.of("triport.storage", "memory", "triport.allow-volatile", "true"),
                directory);
        context = wired.wiring()
                .beanDefinitions(
                        given(EdgeLimits.class, fixed()),
                        given(Storage.class, new Storage(storage, clock, Ticker.system(), new RecordingStorageLog())),
                        given(NonceLedger.class, FakeNonceLedger.empty()),
                        given(CursorSeal.class, data.cursors()),
                        given(StorageHealth.class, new Healthy(data.info())))
                .start();
        context.getBean(EmbeddedServer.class).start();
        management = Optional.of(wired.management(context));
    }

    @AfterEach
    void stop() {
        management.ifPresent(WiredApp.Management::close);
        context.close();
        client.close();
    }

    @Test
    void at_twice_the_capacity_the_surplus_is_refused_at_once_and_the_places_go_on_answering() {
        var answered = 0L;
        for (var round = 0; round < ROUNDS; round++) {
            storage.arrived().drainPermits();
            storage.released().drainPermits();
            var refused = new CountDownLatch(SURPLUS);

            var answers = AtOnce.run(
                    CALLERS + 1, caller -> caller == CALLERS ? () -> releaseLater(refused) : () -> call(refused));

            var callers = answers.stream().flatMap(Optional::stream).toList();
            assertThat(callers).hasSize(CALLERS);
            assertThat(callers)
                    .filteredOn(answer -> !answer.ok())
                    .hasSizeGreaterThanOrEqualTo(SURPLUS)
                    .allSatisfy(answer -> {
                        assertThat(answer.status()).isEqualTo(503);
                        assertThat(answer.says("OVERLOADED")).isTrue();
                        assertThat(answer.headers()).containsEntry("retry-after", "1");
                    });
            var good = callers.stream().filter(WireClient.Answer::ok).count();
            assertThat(good).isBetween((long) PLACES, (long) CAPACITY);
            answered += good;
        }

        assertThat(answered).isGreaterThanOrEqualTo((long) ROUNDS * PLACES);
        storage.released().release();
        assertThat(call(new CountDownLatch(1))).get().matches(WireClient.Answer::ok);
    }

    private Optional<WireClient.Answer> call(CountDownLatch refused) {
        try {
            var answer = client.call(context.getBean(EmbeddedServer.class).getURI(), "get", GET);
            if (!answer.ok()) {
                refused.countDown();
            }
            return Optional.of(answer);
        } catch (IOException e) {
            throw new AssertionError("a request without a whole reply", e);
        }
    }

    /** Lets go when every place is taken and the surplus has its refusals; before, it looks at what must never be refused. */
    private Optional<WireClient.Answer> releaseLater(CountDownLatch refused) throws InterruptedException {
        storage.arrived().acquire(PLACES);
        refused.await();
        assertThat(status("/health/liveness")).isEqualTo(200);
        assertThat(status("/health/readiness")).isEqualTo(200);
        assertThat(status("/metrics")).isEqualTo(200);
        storage.released().release(CALLERS);
        return Optional.empty();
    }

    private int status(String path) {
        try {
            var url = URI.create(management.orElseThrow().address() + path).toURL();
            return ((HttpURLConnection) url.openConnection()).getResponseCode();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    private static EdgeLimits fixed() {
        var usual = EdgeLimits.collecting(ByteSize.ofKiB(128));
        return new EdgeLimits(
                usual.head(),
                usual.body(),
                usual.patience(),
                usual.pace(),
                usual.connections(),
                new EdgeLimits.Work(PLACES, PLACES, PLACES, Duration.ofMillis(50)));
    }

    private static <T> RuntimeBeanDefinition<T> given(Class<T> type, T bean) {
        return RuntimeBeanDefinition.builder(type, () -> bean)
                .singleton(true)
                .replaces(type)
                .build();
    }

    private record Healthy(EngineInfo info) implements StorageHealth {
        @Override
        public boolean answers() {
            return true;
        }
    }
}
