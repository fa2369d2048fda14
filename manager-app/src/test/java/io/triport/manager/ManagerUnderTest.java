package io.triport.manager;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Crons;
import io.triport.identity.launch.StartMode;
import io.triport.identity.launch.SystemTasks;
import io.triport.identity.launch.TickWork;
import io.triport.manager.answer.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The manager in this process, on a free port, with its whole way of requests and an engine in memory. */
public final class ManagerUnderTest implements AutoCloseable {
    public static final String TOKEN = "token-of-the-manager-under-test-0123456789";

    /** What an object proxy opens sessions with. */
    public static final String SESSION_TOKEN_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /** What the files of tests may name. */
    private static final Map<String, String> SECRETS = Map.of(
            "TRIPORT_API_TOKEN",
            TOKEN,
            "SESSION_KEY",
            "0123456789abcdef0123456789abcdef",
            "OIDC_SECRET",
            "known-to-both",
            "PEPPER",
            "fedcba9876543210fedcba9876543210",
            "OTHER_PEPPER",
            "00112233445566778899aabbccddeeff",
            "SESSION_TOKEN_KEY",
            SESSION_TOKEN_KEY);

    private static final Duration HANGS_AFTER = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ApplicationContext context;
    private final URI address;

    private ManagerUnderTest(ApplicationContext context, URI address) {
        this.context = context;
        this.address = address;
    }

    /** With a bearer token that opens everything. */
    public static ManagerUnderTest start() {
        return start("triport: {}", Clock.systemUTC());
    }

    /** @param more parts that the app finds in the place of its own */
    public static ManagerUnderTest start(String yaml, Clock clock, Object... more) {
        return start(yaml, clock, StartMode.Credentials.CONFIGURED, more);
    }

    public static ManagerUnderTest start(String yaml, Clock clock, StartMode.Credentials credentials, Object... more) {
        return start(new StorageSettings.Memory(), yaml, clock, credentials, SECRETS, more);
    }

    /** Over data that others may have, too. */
    public static ManagerUnderTest over(StorageSettings.Engine engine, Clock clock) {
        return start(engine, "triport: {}", clock, StartMode.Credentials.CONFIGURED, SECRETS);
    }

    /** On an engine that is not in memory, with data of its own. */
    public static ManagerUnderTest on(StorageSettings.Engine engine) {
        return over(engine, Clock.systemUTC());
    }

    /** The same with people and keys of its own. */
    public static ManagerUnderTest peopled(StorageSettings.Engine engine, Clock clock) {
        return start(engine, "triport: {}", clock, StartMode.Credentials.DEVELOPMENT, SECRETS);
    }

    /** As one over another manager, whose namespaces it shows. */
    static ManagerUnderTest over(ManagerUnderTest upstream, String account) {
        var yaml = "triport: {manager: {remote-account: {address: '" + upstream.address() + "/client/v4'}}}";
        var environment = new HashMap<>(SECRETS);
        environment.put("ACCOUNT_ID", account);
        environment.put("API_KEY", TOKEN);
        return start(
                new StorageSettings.Memory(), yaml, Clock.systemUTC(), StartMode.Credentials.CONFIGURED, environment);
    }

    private static ManagerUnderTest start(
            StorageSettings.Engine engine,
            String yaml,
            Clock clock,
            StartMode.Credentials credentials,
            Map<String, String> environment,
            Object... more) {
        var directory = freshDirectory();
        var sources = new Sources(ConfigFile.parse("test.yml", yaml), environment, Map.of());
        var triport = sources.root().section("triport");
        var config = ManagerConfig.read(triport, sources, new StartMode(credentials, directory), Randomness.system());
        var edge = config.edge(EdgeSettings.read("manager", 0, 0, triport, config.maxBody(), config.usualLimits()));
        sources.root().refuseUnknown();
        var storage = new StorageSettings(
                engine,
                directory.toString(),
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
                        "manager",
                        "micronaut.server.host",
                        "127.0.0.1",
                        "micronaut.server.port",
                        -1,
                        "micronaut.security.enabled",
                        false,
                        "endpoints.all.enabled",
                        false,
                        "triport.base-path",
                        edge.basePath()))
                .singletons(clock, ticker(more), Randomness.system(), config, edge, storage)
                .singletons(config.beans().toArray())
                .singletons(Arrays.stream(more)
                        .filter(part -> !(part instanceof Ticker))
                        .toArray())
                .start();
        context.getBean(Crons.class).follow(config::crons);
        var server = context.getBean(EmbeddedServer.class).start();
        return new ManagerUnderTest(context, server.getURI());
    }

    private static Ticker ticker(Object... more) {
        return Arrays.stream(more)
                .filter(Ticker.class::isInstance)
                .map(Ticker.class::cast)
                .findFirst()
                .orElseGet(Ticker::system);
    }

    private static Path freshDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "manager-under-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer as it came over the wire. */
    public record Answer(int status, Map<String, List<String>> headers, Bytes body) {
        public JsonNode json() {
            return Json.parse(body);
        }

        public JsonNode result() {
            return json().path("result");
        }

        /** The machine code of an error; empty when it is none. */
        public String code() {
            return json().path("code").asText();
        }

        /** The fields of a name with a comma between; empty when there is none. */
        public String header(String name) {
            return String.join(", ", headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()));
        }

        public String text() {
            return body.toUtf8();
        }
    }

    /** By the bearer token. */
    public Answer send(String method, String target) {
        return send(method, target, "");
    }

    public Answer send(String method, String target, String body) {
        return send(method, target, Map.of("Authorization", "Bearer " + TOKEN), Bytes.utf8(body));
    }

    /** @param target path with query, sent as it is */
    public Answer send(String method, String target, Map<String, String> headers, Bytes body) {
        var request = HttpRequest.newBuilder(URI.create(address + target))
                .timeout(HANGS_AFTER)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        headers.forEach(request::header);
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(), new HashMap<>(response.headers().map()), Bytes.copyOf(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public URI address() {
        return address;
    }

    /** A part of the running app. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** Does what the schedule would do when the task falls due. */
    public void fallDue(SystemTask task) {
        var recurring = part(AppConfig.class).tasks().stream()
                .filter(one -> one.task().equals(task))
                .findFirst()
                .orElseThrow();
        fallDue(task, recurring.work());
        part(AppConfig.class).crons().stream()
                .filter(cron -> cron.name().equals(task.taskName()))
                .forEach(cron -> fallDue(cron.task(), cron.work()));
    }

    private void fallDue(SystemTask task, TickWork work) {
        var now = part(Clock.class).instant();
        part(SystemTasks.class)
                .run(
                        task,
                        (grant, storage) ->
                                work.on(new Scheduled(grant.request(), now, task.taskName(), now, 1), grant, storage));
    }

    /** Does what falls due by the calendar, and waits for it. */
    public void lookAtTheClock() {
        var crons = part(Crons.class);
        crons.look();
        if (!crons.rest(HANGS_AFTER)) {
            throw new AssertionError("what fell due does not end");
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
