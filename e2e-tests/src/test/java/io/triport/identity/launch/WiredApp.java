package io.triport.identity.launch;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.storage.StorageHealth;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.edge.ManagementBinder;
import io.triport.identity.edge.Readiness;
import io.triport.identity.launch.ManagementPages.LastReload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An app as it is wired when it runs, for tests that look inside. */
public final class WiredApp {
    /** Port of which the system chooses a free one. */
    private static final EdgeSettings.Listener ANYWHERE = new EdgeSettings.Listener("127.0.0.1", -1);

    private final App app;
    private final Configuration configuration;

    private WiredApp(App app, Configuration configuration) {
        this.app = app;
        this.configuration = configuration;
    }

    /** @param settings by full key */
    public static WiredApp read(App app, Map<String, String> environment, Map<String, String> settings, Path data) {
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, data);
        return new WiredApp(app, Configuration.read(app, Optional.empty(), mode, environment, settings));
    }

    /** @param settings by full key */
    public static ApplicationContextBuilder of(
            App app, Map<String, String> environment, Map<String, String> settings, Path data) {
        return read(app, environment, settings, data).wiring();
    }

    public ApplicationContextBuilder wiring() {
        return RunningApp.wiring(app, configuration, configuration.edge().listening(given -> ANYWHERE));
    }

    /** The app's management port, with what it shows of a context that was started. */
    public Management management(ApplicationContext context) {
        var readiness = context.getBean(Readiness.class);
        var pages = new ManagementPages(
                () -> configuration,
                context.getBean(StorageHealth.class).info(),
                readiness,
                context.getBean(PrometheusMeterRegistry.class),
                LastReload::none,
                List::of);
        try {
            var listener = new EdgeSettings.Listener("127.0.0.1", freePort());
            var parts = new ManagementParts(
                    List.copyOf(context.getBeansOfType(ManagementPart.class)), context.getBean(ManagementBinder.class));
            var server = new ManagementServer(
                    listener, pages.byPath(), new ManagementActions(nobody(context), Map.of()), parts);
            server.start();
            readiness.start();
            return new Management(server, URI.create("http://127.0.0.1:" + listener.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Administrators nobody(ApplicationContext context) {
        return new Administrators(
                List::of,
                () -> context.getBean(AccessGate.class),
                context.getBean(ManagementBinder.class),
                context.getBean(FailureLimit.class));
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** A management port that is open. */
    public static final class Management implements AutoCloseable {
        private final ManagementServer server;
        private final URI address;

        private Management(ManagementServer server, URI address) {
            this.server = server;
            this.address = address;
        }

        public URI address() {
            return address;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
