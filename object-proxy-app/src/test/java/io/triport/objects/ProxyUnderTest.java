package io.triport.objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.launch.Recurring;
import io.triport.identity.launch.StartMode;
import io.triport.objects.config.Federation;
import io.triport.testkit.TestGrants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The object proxy in this process, on a free port, with its whole way of requests and objects in memory. */
final class ProxyUnderTest implements AutoCloseable {
    static final String SECRET = "0123456789abcdef0123456789abcdef";
    static final String SEAL = "c2VhbHMgb2YgdGhlIHByb3h5IHVuZGVyIHRlc3QsIDMyIGJ5dGVz";
    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.systemUTC();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ApplicationContext context;
    private final URI address;
    private final Clock clock;

    private ProxyUnderTest(ApplicationContext context, URI address, Clock clock) {
        this.context = context;
        this.address = address;
        this.clock = clock;
    }

    static ObjectProxyConfig read(String yaml, Map<String, String> environment) {
        var sources = new Sources(ConfigFile.parse("test.yml", yaml), environment, Map.of());
        var config = ObjectProxyConfig.read(
                sources.root().section("triport"),
                sources,
                new StartMode(StartMode.Credentials.CONFIGURED, Path.of("unused")),
                Randomness.system(),
                new Federation());
        EdgeSettings.read(
                "object-proxy", 0, 0, sources.root().section("triport"), config.maxBody(), config.usualLimits());
        sources.root().refuseUnknown();
        return config;
    }

    static ProxyUnderTest start(String yaml) {
        return start(yaml, Map.of("SECRET", SECRET, "SEAL", SEAL), CLOCK);
    }

    /** @param instead beans in the place of those that the app makes */
    static ProxyUnderTest start(String yaml, Object... instead) {
        return start(yaml, Map.of("SECRET", SECRET, "SEAL", SEAL), CLOCK, instead);
    }

    static ProxyUnderTest start(String yaml, Map<String, String> environment, Clock clock, Object... instead) {
        var engine = new StorageSettings.Memory();
        var time = new Time(clock, Ticker.system());
        return start(new Given(yaml, environment), engine, freshDirectory(), time, instead);
    }

    private record Given(String yaml, Map<String, String> environment) {}

    private record Time(Clock clock, Ticker ticker) {}

    /** Over what an engine keeps. @param directory of embedded engines and of buckets */
    static ProxyUnderTest over(StorageSettings.Engine engine, Path directory, Ticker ticker, String yaml) {
        var given = new Given(yaml, Map.of("SECRET", SECRET, "SEAL", SEAL));
        return start(given, engine, directory.toString(), new Time(CLOCK, ticker));
    }

    private static ProxyUnderTest start(
            Given given, StorageSettings.Engine engine, String directory, Time time, Object... instead) {
        var config = read(given.yaml(), given.environment());
        var sources = new Sources(ConfigFile.parse("test.yml", given.yaml()), given.environment(), Map.of());
        var edge = config.edge(EdgeSettings.read(
                "object-proxy", 0, 0, sources.root().section("triport"), config.maxBody(), config.usualLimits()));
        var storage = new StorageSettings(
                engine,
                directory,
                StorageSettings.Consistency.STRICT,
                StorageSettings.VolatileData.ALLOWED,
                config.nonceWindow(),
                config.nonceMemory(),
                new StorageSettings.WithData(),
                CallDeadlines.USUAL);
        var context = ApplicationContext.builder()
                .banner(false)
                .environmentPropertySource(false)
                .deduceEnvironment(false)
                .properties(Map.of(
                        "micronaut.application.name",
                        "object-proxy",
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.server.port",
                        -1,
                        "micronaut.security.enabled",
                        false,
                        "endpoints.all.enabled",
                        false,
                        "triport.base-path",
                        ""))
                .singletons(time.clock(), time.ticker(), Randomness.system(), config, edge, storage)
                .singletons(config.beans().toArray())
                .singletons(instead)
                .start();
        var server = context.getBean(EmbeddedServer.class).start();
        // Once, and none later: tests do not wait for a schedule.
        config.tasks().stream()
                .filter(task -> task.wanted().getAsBoolean())
                .forEach(task -> fallDue(task, time.clock(), context.getBean(Storage.class)));
        return new ProxyUnderTest(context, server.getURI(), time.clock());
    }

    private static void fallDue(Recurring task, Clock clock, Storage storage) {
        var grant = new TestGrants(clock).ofEverything();
        var now = clock.instant();
        task.work().on(new Scheduled(grant.request(), now, task.task().taskName(), now, 1), grant, storage);
    }

    /** One for each, because a data directory belongs to one process and several proxies may run here. */
    private static String freshDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "proxy-under-test")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer as it came over the wire. */
    record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The text of the first element of a name; empty where there is none. */
        String element(String name) {
            var matcher =
                    Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(body);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    /** What was counted under a name, with tags in pairs; 0 for nothing. */
    double counted(String name, String... tags) {
        return context.getBean(MeterRegistry.class).find(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    URI address() {
        return address;
    }

    /** Something that the app is made of. */
    <T> T part(Class<T> kind) {
        return context.getBean(kind);
    }

    /** Signed with the key of all rights. */
    Answer send(String method, String target) {
        return send(method, target, Map.of(), "");
    }

    Answer send(String method, String target, Map<String, String> fields, String body) {
        return as("ALL", method, target, fields, body);
    }

    Answer as(String key, String method, String target, Map<String, String> fields, String body) {
        return unsigned(
                method, target, new TestSigner(key, SECRET, clock).signed(method, address, target, fields), body);
    }

    Answer unsigned(String method, String target, Map<String, String> fields, String body) {
        var request = HttpRequest.newBuilder(URI.create(address + target))
                .timeout(HANGS_AFTER)
                .method(
                        method,
                        body.isEmpty() && !method.equals("PUT")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
        fields.forEach(request::header);
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            var headers = response.headers().map().entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(
                            Map.Entry::getKey, field -> String.join(", ", field.getValue())));
            return new Answer(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
