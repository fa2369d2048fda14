package io.triport.identity.launch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.exceptions.DisabledBeanException;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.runtime.server.EmbeddedServer;
import io.triport.domain.durable.DurableCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.NodeLink;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.Drain;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.ManagementBinder;
import io.triport.identity.edge.Readiness;
import io.triport.identity.launch.ManagementPages.LastReload;
import io.triport.identity.log.Logging;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An app that listens. */
final class RunningApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningApp.class);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final String OUR_PACKAGES = "io.triport.";

    private final App app;
    private final Configuration configuration;
    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final EdgeSettings edge;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Configuration shown;
    private volatile LastReload lastReload = LastReload.none();
    private final ConfigWatch<Configuration> watch;
    private final AtomicBoolean closing = new AtomicBoolean();
    private @Nullable ManagementServer pages;
    private @Nullable Path readyFile;

    private RunningApp(App app, Reading reading, ApplicationContext context, EmbeddedServer server, EdgeSettings edge) {
        this.app = app;
        this.configuration = reading.configuration();
        this.shown = configuration;
        this.watch = new ConfigWatch<>(reading.files(), reading.again(), this::adopt, this::reloaded);
        this.context = context;
        this.server = server;
        this.edge = edge;
    }

    /** @throws StartFailed when a port is taken, a store does not open, or a route declares no identity */
    static RunningApp start(App app, Reading reading) {
        var configuration = reading.configuration();
        try (var ports = new HeldPorts()) {
            var edge = configuration.edge().listening(ports::on);
            var context = wiring(app, configuration, edge).start();
            var server = context.getBean(EmbeddedServer.class);
            var running = new RunningApp(app, reading, context, server, edge);
            running.open();
            return running;
        } catch (StartFailed e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StartFailed(reason(e), e);
        }
    }

    /** What a store says of itself is for the operator; else what lies at the root of it. */
    private static String reason(Throwable failure) {
        var root = rootMessage(failure);
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var message = cause instanceof StorageFailure ? cause.getMessage() : null;
            if (message != null) {
                return message.contains(root) ? message : message + ": " + root;
            }
        }
        return root;
    }

    /** All that an app is made of, not started yet. */
    static ApplicationContextBuilder wiring(App app, Configuration configuration, EdgeSettings edge) {
        return wiring(app, configuration, edge, Clock.systemUTC(), Ticker.system());
    }

    /** For a command beside the nodes of the app: it is none, so it has no durable objects, and takes the port of no node. */
    static ApplicationContextBuilder wiringOfCommand(App app, Configuration configuration) {
        var beans = configuration.app().beans().stream()
                .filter(bean -> !(bean instanceof DurableCode) && !(bean instanceof NodeLink))
                .toArray();
        return wiring(app, configuration, configuration.edge(), Clock.systemUTC(), Ticker.system(), beans);
    }

    static ApplicationContextBuilder wiring(
            App app, Configuration configuration, EdgeSettings edge, Clock clock, Ticker ticker) {
        return wiring(
                app,
                configuration,
                edge,
                clock,
                ticker,
                configuration.app().beans().toArray());
    }

    private static ApplicationContextBuilder wiring(
            App app, Configuration configuration, EdgeSettings edge, Clock clock, Ticker ticker, Object[] beans) {
        return ApplicationContext.builder()
                .banner(false)
                .environmentPropertySource(false)
                .deduceEnvironment(false)
                .properties(properties(app, edge))
                .singletons(clock, ticker, Randomness.system())
                .singletons(edge, configuration.storage(), configuration.app(), configuration)
                .singletons(traced(configuration))
                .singletons(beans);
    }

    private static Object[] traced(Configuration configuration) {
        var settings = configuration.traces();
        return settings == null ? new Object[0] : new Object[] {settings};
    }

    private void open() {
        var engine = context.getBean(StorageHealth.class).info();
        LOG.atInfo()
                .addKeyValue("app", app.name())
                .addKeyValue("engine", engine.name())
                .addKeyValue("durability", engine.durability())
                .addKeyValue("shortestLifetime", engine.shortestLifetime())
                .addKeyValue(
                        "capabilities",
                        engine.capabilities().stream().map(Capability::toString).collect(Collectors.joining(",")))
                .log("starting");
        var metrics = context.getBean(PrometheusMeterRegistry.class);
        Gauge.builder(app.name().replace('-', '.') + ".config.last.reload.ok", this, RunningApp::lastReloadOk)
                .register(metrics);
        var readiness = context.getBean(Readiness.class);
        wireAll();
        pages = management(new ManagementPages(
                () -> shown,
                engine,
                readiness,
                metrics,
                () -> lastReload,
                () -> configuration.app().degraded()));
        pages.start();
        var tasks = context.getBean(SystemTasks.class);
        configuration.app().beginnings().forEach(beginning -> tasks.begin(beginning));
        listen();
        context.getBean(Schedule.class).start(configuration.app().tasks());
        context.getBean(Crons.class).start(configuration.app()::crons);
        context.getBean(Consumers.class).start(configuration.app().consumers());
        readiness.start();
        watch.start();
    }

    /** Whatever of ours cannot be wired stops the start, and not the first request that needs it. */
    private void wireAll() {
        context.getAllBeanDefinitions().stream()
                .filter(definition -> definition.isSingleton()
                        && definition.getBeanType().getName().startsWith(OUR_PACKAGES))
                .forEach(this::wire);
    }

    private void wire(BeanDefinition<?> definition) {
        try {
            context.getBean(definition);
        } catch (DisabledBeanException e) {
            LOG.debug("not wired bean={} reason={}", definition.getBeanType().getSimpleName(), e.getMessage());
        }
    }

    private ManagementServer management(ManagementPages shownPages) {
        try {
            var parts = new ManagementParts(
                    List.copyOf(context.getBeansOfType(ManagementPart.class)), context.getBean(ManagementBinder.class));
            return new ManagementServer(
                    edge.management(),
                    shownPages.byPath(),
                    ManagementActions.of(context, () -> shown.app(), watch),
                    parts);
        } catch (IOException e) {
            throw notListening("management", edge.management().url(), e);
        }
    }

    private void listen() {
        try {
            server.start();
            edge.listeners()
                    .values()
                    .forEach(each -> LOG.atInfo()
                            .addKeyValue("listener", each.name())
                            .addKeyValue("address", each.url())
                            .log("listening"));
        } catch (ServerStartupException e) {
            var addresses = edge.listeners().values().stream()
                    .map(EdgeSettings.Listener::label)
                    .collect(Collectors.joining(" and "));
            throw notListening("listen", addresses, e);
        }
    }

    private static StartFailed notListening(String setting, String addresses, Exception e) {
        return new StartFailed(
                setting + ": cannot listen on " + addresses + ": " + rootMessage(e)
                        + " (expected: a port that is free, on an address of this machine)",
                e);
    }

    private void adopt(Configuration newer) {
        configuration.app().adopt(newer.app());
        newer.app().warnings().forEach(LOG::warn);
        newer.needingRestart(configuration)
                .forEach(setting -> LOG.atWarn().addKeyValue("setting", setting).log("changed, but needs a restart"));
        shown = newer;
    }

    private void reloaded(ConfigWatch.Outcome outcome) {
        var at = clock().instant().toString();
        lastReload = new LastReload(outcome.adopted(), at, outcome.message(), shown.needingRestart(configuration));
    }

    private double lastReloadOk() {
        return lastReload.adopted() ? 1 : 0;
    }

    private Clock clock() {
        return context.getBean(Clock.class);
    }

    /** Says where it listens, and leaves the same in a file that exists exactly while the app is ready. */
    void announce(Path data, PrintStream out) {
        var lines = new ArrayList<String>();
        lines.add("address=" + edge.listen().url() + edge.basePath());
        edge.more().forEach(listener -> lines.add("listener=" + listener.url() + edge.basePath()));
        lines.add("management=" + edge.management().url());
        lines.addAll(configuration.app().ready());
        try {
            var file = data.resolve("run").resolve(app.name() + ".ready");
            Files.createDirectories(file.getParent());
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            readyFile = file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOG.atInfo()
                .addKeyValue("app", app.name())
                .addKeyValue("address", edge.listen().url())
                .log("ready");
        out.println(app.name() + " ready " + String.join(" ", lines));
        out.flush();
    }

    /** Where it listens, with the ports that were chosen. */
    EdgeSettings edge() {
        return edge;
    }

    /** Waits for SIGTERM or SIGINT. */
    void awaitStop() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last lines too: the virtual machine may end before the thread that waits has its turn. */
    private void stop() {
        close();
        Logging.flush();
        stopped.countDown();
    }

    /**
     * In order: not ready, replies that close their connections, no new connections, the last replies and events, the stores. Readiness
     * answers to the end.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            context.getBean(Readiness.class).drain();
            var drain = context.getBean(Drain.class);
            drain.begin();
            // Said when it is so: who reads it may count on replies that close their connections.
            LOG.atInfo().addKeyValue("app", app.name()).log("stopping");
            watch.close();
            var events = List.of(
                    Thread.ofVirtual().name("stop-crons").start(this::stopCrons),
                    Thread.ofVirtual().name("stop-consumers").start(this::stopConsumers));
            if (readyFile != null) {
                Files.deleteIfExists(readyFile);
            }
            pause(shown.edge().stop().drainDelay());
            if (!drain.await(shown.edge().stop().lastReplies())) {
                LOG.atWarn().addKeyValue("busy", drain.busy()).log("stopped before the last replies were sent");
                drain.end(LAST_WORDS);
            }
            for (var stopping : events) {
                stopping.join();
            }
        } catch (IOException e) {
            LOG.warn("ready file stays", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            context.close();
            if (pages != null) {
                pages.close();
            }
            LOG.atInfo().addKeyValue("app", app.name()).log("stopped");
        }
    }

    private void stopCrons() {
        if (!context.getBean(Crons.class).stop(shown.edge().stop().lastReplies())) {
            LOG.warn("stopped before the last schedules came to their end");
        }
    }

    private void stopConsumers() {
        context.getBean(Consumers.class).stop(shown.edge().stop().lastReplies());
    }

    /** Gives those who ask for readiness the time to see it. */
    private static void pause(Duration delay) throws InterruptedException {
        var never = new CountDownLatch(1);
        if (never.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts this down");
        }
    }

    private static Map<String, Object> properties(App app, EdgeSettings edge) {
        var bound = edge.maxBody().bytes();
        var properties = new HashMap<String, Object>();
        properties.put("micronaut.application.name", app.name());
        properties.putAll(edge.serverProperties());
        properties.put("micronaut.server.max-request-size", bound);
        properties.put("micronaut.server.max-request-buffer-size", bound);
        properties.put("micronaut.security.enabled", false);
        properties.put("micronaut.metrics.binders.logback.enabled", false); // Logging.show
        properties.put("endpoints.all.enabled", false);
        // Every route demands an identity that a browser does not have; and each answer has the app's own shape.
        properties.put("micronaut.server.cors.localhost-pass-through", true);
        properties.put("triport.base-path", edge.basePath());
        return properties;
    }

    static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message.replaceAll("\\p{Cntrl}+", " ");
    }
}
