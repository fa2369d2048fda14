package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.ByteSize;
import io.triport.identity.PlannedMechanism;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.ErrorShape;
import io.triport.identity.hmac.HmacMechanism;
import io.triport.identity.hmac.HmacSettings;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.launch.AppConfig;
import io.triport.kv.Vectors.Vector;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.KvError;
import io.triport.testkit.FakeStorageEngine;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original proxy answered, asked of this one over HTTP. */
final class GoldenVectorsTest {
    private static final Vectors VECTORS = Vectors.load();
    private static final Map<String, String> DEFAULTS = Map.of(
            "KV_REMOTE_SECRET", "test-secret-0123456789abcdef",
            "ZT_KV_PREFIX", "zin_",
            "ZT_PROXY_SIGNING_WINDOW_MS", "60000",
            "ZT_MAX_BODY_BYTES", "131072",
            "ZT_KV_LIST_LIMIT", "100");

    @Test
    void the_file_has_all_its_vectors() {
        assertThat(VECTORS.signing()).hasSize(28);
        assertThat(VECTORS.negative()).hasSize(36);
        assertThat(VECTORS.sequences()).hasSize(12);
    }

    /** One proxy for all, because none of these requests has an effect. */
    @TestFactory
    Stream<DynamicTest> a_request_is_refused_as_the_original_refuses_it() {
        var world = KvWorld.at(VECTORS.negative().getFirst().now());
        var proxy = ProxyUnderTest.start(world, "", DEFAULTS);

        return VECTORS.negative().stream()
                .filter(vector -> vector.overrides().isEmpty())
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> {
                    world.clock().set(vector.now());
                    assertAnswered(proxy, vector);
                }))
                .onClose(proxy::close);
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void a_sequence_is_answered_as_the_original_answers_it(Vector vector) {
        var world = KvWorld.at(vector.now());

        try (var proxy = ProxyUnderTest.start(world, "", settings(vector))) {
            vector.list("steps").forEach(step -> assertAnswered(proxy, step));
        }
    }

    @Test
    void without_a_secret_a_proxy_that_runs_all_the_same_says_so() {
        var vector = named("no secret configured");

        try (var proxy = withoutKeys(KvWorld.at(vector.now()))) {
            assertAnswered(proxy, vector);
        }
    }

    @Test
    void without_a_store_for_pairs_a_proxy_that_runs_all_the_same_says_so() {
        var vector = named("no storage binding");
        var world = KvWorld.at(vector.now());
        var engine = FailingEngine.over(
                new FakeStorageEngine(world.clock()),
                () -> new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "no such port"));

        try (var proxy = ProxyUnderTest.start(world.with(engine), "", DEFAULTS)) {
            assertAnswered(proxy, vector);
        }
    }

    static Stream<Vector> sequences() {
        return VECTORS.sequences().stream();
    }

    private static void assertAnswered(ProxyUnderTest proxy, Vector step) {
        var request = step.inner("request");
        var expected = step.inner("expect");

        var answer = proxy.send(request.text("method"), request.text("path"), request.headers(), request.body());

        assertThat(answer.status())
                .isEqualTo(expected.members().number("status").orElseThrow().intValue());
        assertThat(contract(answer.json()))
                .isEqualTo(contract(expected.members().get("body").orElseThrow()));
        assertThat(answer.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    /** Messages and cursors are free. */
    private static Map<String, Json> contract(Json body) {
        var members = new HashMap<>(((Json.Members) body).members());
        members.computeIfPresent("message", (name, message) -> new Json.Text("any"));
        members.computeIfPresent("cursor", (name, cursor) -> new Json.Text("any"));
        return members;
    }

    private static Map<String, String> settings(Vector vector) {
        var settings = new HashMap<>(DEFAULTS);
        settings.putAll(vector.overrides());
        return settings;
    }

    private static Vector named(String name) {
        return VECTORS.negative().stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As no configuration can make it, because a proxy without keys does not start. */
    private static ProxyUnderTest withoutKeys(KvWorld world) {
        var triport = new Sources(ConfigFile.parse("test.yml", ""), Map.of(), Map.of())
                .root()
                .section("triport");
        return ProxyUnderTest.start(
                world, new WithoutKeys(), EdgeSettings.read("kv-proxy", 0, 0, triport, ByteSize.ofKiB(128)));
    }

    private record WithoutKeys() implements AppConfig {
        @Override
        public ByteSize maxBody() {
            return ByteSize.ofKiB(128);
        }

        @Override
        public Duration nonceWindow() {
            return HmacSettings.DEFAULT_WINDOW;
        }

        @Override
        public Duration nonceMemory() {
            return HmacSettings.DEFAULT_WINDOW;
        }

        @Override
        public ErrorShape errors() {
            return new KvError.Shape();
        }

        @Override
        public Set<PlannedMechanism> mechanisms() {
            return Set.of(HmacMechanism.planned(
                    () -> new KeyRing.Named(Map.of()), new HmacSettings(HmacSettings.DEFAULT_WINDOW, "")));
        }

        @Override
        public List<Object> beans() {
            return List.of(new KvSettings(new StoredNames("zin_"), 100));
        }

        @Override
        public void adopt(AppConfig newer) {
            throw new UnsupportedOperationException("nothing to adopt");
        }
    }
}
