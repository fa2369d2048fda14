package io.triport.identity.launch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.connection.Drain;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.Readiness;
import io.triport.identity.launch.ManagementPages.LastReload;
import io.triport.identity.log.Logging;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An app that listens. */
final class RunningApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningApp.class);

    private final App app;
    private final Configuration configuration;
    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final EdgeSettings.Listener listen;
    private final EdgeSettings.Listener management;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Configuration shown;
    private volatile LastReload lastReload = new LastReload(true, "");
    private final AtomicBoolean closing = new AtomicBoolean();
    private @Nullable ManagementServer pages;
    private @Nullable Path readyFile;

    private RunningApp(
            App app,
            Configuration configuration,
            ApplicationContext context,
            EmbeddedServer server,
            EdgeSettings.Listener listen,
            EdgeSettings.Listener management) {
        this.app = app;
        this.configuration = configuration;
        this.shown = configuration;
        this.context = context;
        this.server = server;
        this.listen = listen;
        this.management = management;
    }

    /** @throws StartFailed when a port is taken, a store does not open, or a route declares no identity */
    static RunningApp start(App app, Configuration configuration) {
        var listen = chosen(configuration.edge().listen());
        var management = chosen(configuration.edge().management());
        try {
            var context = wiring(app, configuration, listen, management).start();
            var server = context.getBean(EmbeddedServer.class);
            var running = new RunningApp(app, configuration, context, server, listen, management);
            running.open();
            return running;
        } catch (IOException | RuntimeException e) {
            throw new StartFailed(rootMessage(e), e);
        }
    }

    /** All that an app is made of, not started yet. */
    static ApplicationContextBuilder wiring(
            App app, Configuration configuration, EdgeSettings.Listener listen, EdgeSettings.Listener management) {
        return ApplicationContext.builder()
                .banner(false)
                .environmentPropertySource(false)
                .deduceEnvironment(false)
                .properties(properties(app, configuration, listen))
                .singletons(Clock.systemUTC(), Ticker.system(), Randomness.system())
                .singletons(
                        configuration.edge().listening(listen, management),
                        configuration.storage(),
                        configuration.app(),
                        configuration)
                .singletons(configuration.app().beans().toArray());
    }

    private void open() throws IOException {
        var engine = context.getBean(StorageHealth.class).info();
        LOG.atInfo()
                .addKeyValue("app", app.name())
                .addKeyValue("engine", engine.name())
                .addKeyValue("durability", engine.durability())
                .log("starting");
        var metrics = context.getBean(PrometheusMeterRegistry.class);
        Gauge.builder(app.name().replace('-', '.') + ".config.last.reload.ok", this, RunningApp::lastReloadOk)
                .register(metrics);
        var readiness = context.getBean(Readiness.class);
        pages = new ManagementServer(
                management, new ManagementPages(() -> shown, engine, readiness, metrics, () -> lastReload).byPath());
        pages.start();
        server.start();
        context.getBean(Schedule.class).start(configuration.app().tasks());
        readiness.start();
    }

    void adopt(Configuration newer) {
        configuration.app().adopt(newer.app());
        newer.app().warnings().forEach(LOG::warn);
        newer.needingRestart(configuration)
                .forEach(setting -> LOG.atWarn().addKeyValue("setting", setting).log("changed, but needs a restart"));
        shown = newer;
    }

    void reloaded(boolean adopted) {
        lastReload = new LastReload(adopted, clock().instant().toString());
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
        lines.add("address=" + url(listen) + configuration.edge().basePath());
        lines.add("management=" + url(management));
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
                .addKeyValue("address", url(listen))
                .log("ready");
        out.println(app.name() + " ready " + String.join(" ", lines));
        out.flush();
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
     * In order: not ready, replies that close their connections, no new connections, the last replies, the stores. Readiness
     * answers to the end.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        LOG.atInfo().addKeyValue("app", app.name()).log("stopping");
        try {
            context.getBean(Readiness.class).drain();
            var drain = context.getBean(Drain.class);
            drain.begin();
            if (readyFile != null) {
                Files.deleteIfExists(readyFile);
            }
            pause(configuration.edge().drainDelay());
            if (!drain.await(configuration.app().lastReplies())) {
                LOG.atWarn().addKeyValue("busy", drain.busy()).log("stopped before the last replies were sent");
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

    /** Gives those who ask for readiness the time to see it. */
    private static void pause(Duration delay) throws InterruptedException {
        var never = new CountDownLatch(1);
        if (never.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts this down");
        }
    }

    private static Map<String, Object> properties(App app, Configuration configuration, EdgeSettings.Listener listen) {
        var bound = configuration.edge().maxBody().bytes();
        var properties = new HashMap<String, Object>();
        properties.put("micronaut.application.name", app.name());
        properties.put("micronaut.server.host", listen.address());
        properties.put("micronaut.server.port", listen.port());
        properties.put("micronaut.server.max-request-size", bound);
        properties.put("micronaut.server.max-request-buffer-size", bound);
        properties.put("micronaut.security.enabled", false);
        properties.put("endpoints.all.enabled", false);
        // Every route demands an identity that a browser does not have; and each answer has the app's own shape.
        properties.put("micronaut.server.cors.localhost-pass-through", true);
        properties.put("triport.base-path", configuration.edge().basePath());
        return properties;
    }

    /** A free port where none is named: it has to be known before the server starts, because routes are bound to it. */
    private static EdgeSettings.Listener chosen(EdgeSettings.Listener listener) {
        if (listener.port() != 0) {
            return listener;
        }
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName(listener.address()))) {
            return new EdgeSettings.Listener(listener.address(), probe.getLocalPort());
        } catch (IOException e) {
            throw new StartFailed(listener.address() + ": no free port", e);
        }
    }

    private static String url(EdgeSettings.Listener listener) {
        var host = listener.address().indexOf(':') >= 0 ? "[" + listener.address() + "]" : listener.address();
        return "http://" + host + ":" + listener.port();
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
