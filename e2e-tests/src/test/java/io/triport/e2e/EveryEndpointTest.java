package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.time.Ticker;
import io.triport.identity.hmac.CanonicalRequest;
import io.triport.identity.hmac.HmacSecret;
import io.triport.identity.hmac.SigningHeaders;
import io.triport.identity.launch.WiredApp;
import io.triport.kv.KvProxyApp;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.RecordingStorageLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Visits every route that the KV proxy has, over a storage that nobody may reach. */
final class EveryEndpointTest {
    private static final String SECRET = "a secret of thirty-two bytes, at least";
    private static final String KEY_MAP = """
        {"visitor": {"secret": "%s", "scopes": ["kv.get", "kv.put", "kv.delete", "kv.list"],
                     "kv": {"namespaces": ["OWN"], "prefixes": ["app1:"]}},
         "powerless": {"secret": "%s", "scopes": [], "kv": {"namespaces": ["OWN"], "prefixes": ["app1:"]}}}
        """.formatted(SECRET, "another secret of thirty-two bytes, at least");

    /** Has what any of the routes asks for, so that none refuses it for its form. */
    private static final String BODY = """
        {"namespace": "%s", "prefix": "app1:", "key": "app1:k", "value": 1, "keys": ["app1:k"],
         "items": [{"key": "app1:k", "value": 1}]}
        """;

    @TempDir
    private Path data;

    private final UntouchableEngine engine = new UntouchableEngine();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ApplicationContext context = ApplicationContext.builder().build();
    private URI address = URI.create("http://127.0.0.1");

    /** A route of the app's own. */
    private record Route(String method, String path) {
        /** The framework answers HEAD wherever there is a GET. */
        boolean open() {
            return PublicRoutes.listed().contains((method.equals("HEAD") ? "GET" : method) + " " + path);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeEach
    void start() {
        var clock = Clock.systemUTC();
        var storage = new Storage(engine, clock, Ticker.system(), new RecordingStorageLog());
        context = WiredApp.of(
                        KvProxyApp.create(),
                        Map.of("ZT_KEYS_JSON", KEY_MAP),
                        Map.of("triport.storage", "memory", "triport.allow-volatile", "true"),
                        data)
                .beanDefinitions(
                        given(Storage.class, storage),
                        given(NonceLedger.class, FakeNonceLedger.empty()),
                        given(CredentialStore.class, new FakeCredentialStore()),
                        given(RevocationList.class, new FakeRevocationList(Ticker.system())),
                        given(CursorSeal.class, new CursorSeal(Bytes.copyOf(new byte[32]), clock)),
                        given(StorageHealth.class, new Healthy()))
                .start();
        address = context.getBean(EmbeddedServer.class).start().getURI();
    }

    @AfterEach
    void stop() {
        client.close();
        context.close();
    }

    @Test
    void a_request_without_credentials_is_refused_before_storage() {
        for (var route : guarded()) {
            assertThat(send(route, Map.of(), "OWN")).as(route.toString()).isEqualTo(401);
        }

        assertThat(engine.calls()).isZero();
    }

    @Test
    void a_request_with_a_wrong_signature_is_refused_before_storage() {
        for (var route : guarded()) {
            var headers = signed(route, "visitor", "some other secret of thirty-two bytes", "OWN");

            assertThat(send(route, headers, "OWN")).as(route.toString()).isEqualTo(403);
        }

        assertThat(engine.calls()).isZero();
    }

    @Test
    void a_request_for_the_namespace_of_another_key_is_refused_before_storage() {
        for (var route : guarded()) {
            var headers = signed(route, "visitor", SECRET, "OTHERS");

            assertThat(send(route, headers, "OTHERS")).as(route.toString()).isEqualTo(403);
        }

        assertThat(engine.calls()).isZero();
    }

    @Test
    void a_request_with_a_key_without_scopes_is_refused_before_storage() {
        for (var route : guarded()) {
            var headers = signed(route, "powerless", "another secret of thirty-two bytes, at least", "OWN");

            assertThat(send(route, headers, "OWN")).as(route.toString()).isEqualTo(403);
        }

        assertThat(engine.calls()).isZero();
    }

    /** Without this the others could pass because nothing ever reaches storage. */
    @Test
    void a_request_with_every_right_reaches_storage_on_each_route() {
        for (var route : guarded()) {
            var before = engine.calls();

            assertThat(send(route, signed(route, "visitor", SECRET, "OWN"), "OWN"))
                    .as(route.toString())
                    .isEqualTo(500);
            assertThat(engine.calls()).as(route.toString()).isGreaterThan(before);
        }
    }

    @Test
    void public_routes_are_those_of_the_list_and_touch_no_storage() {
        for (var route : routes()) {
            assertThat(send(route, Map.of(), "OWN") < 400).as(route.toString()).isEqualTo(route.open());
        }

        assertThat(routes().stream().map(Route::toString)).containsAll(PublicRoutes.listed());
        assertThat(engine.calls()).isZero();
    }

    /** All but the public ones; a list that shrank to nothing would make every test here pass. */
    private List<Route> guarded() {
        var guarded = routes().stream().filter(route -> !route.open()).toList();
        assertThat(guarded).hasSizeGreaterThanOrEqualTo(7);
        return guarded;
    }

    private Set<Route> routes() {
        return context.getBean(Router.class)
                .uriRoutes()
                .map(route -> new Route(
                        route.getHttpMethodName(), route.getUriMatchTemplate().toPathString()))
                .collect(Collectors.toSet());
    }

    private int send(Route route, Map<String, String> headers, String namespace) {
        var body = (route.method().equals("GET") || route.method().equals("HEAD"))
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(BODY.formatted(namespace));
        var request = HttpRequest.newBuilder(address.resolve(route.path())).method(route.method(), body);
        headers.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new AssertionError(route.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(route.toString(), e);
        }
    }

    private static Map<String, String> signed(Route route, String keyId, String secret, String namespace) {
        var timestamp = Long.toString(Clock.systemUTC().millis());
        var nonce = UUID.randomUUID().toString();
        var hash = sha256(BODY.formatted(namespace));
        var canonical = new CanonicalRequest(route.method(), route.path(), "", timestamp, nonce, hash);
        return Map.of(
                SigningHeaders.KEY_ID,
                keyId,
                SigningHeaders.TIMESTAMP,
                timestamp,
                SigningHeaders.NONCE,
                nonce,
                SigningHeaders.BODY_SHA256,
                hash,
                SigningHeaders.SIGNATURE,
                HmacSecret.of(secret).sign(canonical));
    }

    private static String sha256(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> RuntimeBeanDefinition<T> given(Class<T> type, T bean) {
        return RuntimeBeanDefinition.builder(type, () -> bean)
                .singleton(true)
                .replaces(type)
                .build();
    }

    private static final class Healthy implements StorageHealth {
        @Override
        public EngineInfo info() {
            return new EngineInfo("untouchable", Durability.VOLATILE);
        }

        @Override
        public boolean answers() {
            return true;
        }
    }
}
