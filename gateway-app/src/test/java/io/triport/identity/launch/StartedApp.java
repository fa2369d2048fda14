package io.triport.identity.launch;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.runtime.server.EmbeddedServer;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.identity.config.Setting;
import io.triport.identity.edge.EdgeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An app as it runs, on a port of the system's choice, without its management port. */
public final class StartedApp implements AutoCloseable {
    private static final int ANY = -1;

    private final App app;
    private final Configuration configuration;
    private final ApplicationContext context;
    private final URI address;

    private StartedApp(App app, Configuration configuration, ApplicationContext context, URI address) {
        this.app = app;
        this.configuration = configuration;
        this.context = context;
        this.address = address;
    }

    /** @param data directory of its own */
    public static StartedApp start(
            App app, Path file, Path data, Map<String, String> environment, Surroundings around) {
        var configuration = read(app, Optional.of(file), data, environment);
        var edge = configuration.edge().listening(given -> given.on(ANY));
        var builder = RunningApp.wiring(app, configuration, edge, around.clock(), around.ticker());
        around.shared().ifPresent(limiter -> builder.beanDefinitions(shared(limiter)));
        var context = builder.start();
        var address = context.getBean(EmbeddedServer.class).start().getURI();
        return new StartedApp(app, configuration, context, address);
    }

    private static RuntimeBeanDefinition<SharedRateLimiter> shared(SharedRateLimiter limiter) {
        return RuntimeBeanDefinition.builder(SharedRateLimiter.class, () -> limiter)
                .singleton(true)
                .named("shared")
                .replaces(SharedRateLimiter.class)
                .build();
    }

    private static Configuration read(App app, Optional<Path> file, Path data, Map<String, String> environment) {
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, data);
        return Configuration.read(app, file, mode, environment, Map.of());
    }

    /** What a file means: what the app reads in it, and what it says of the edge. */
    public record Meaning(AppConfig app, EdgeSettings edge) {}

    /** @throws io.triport.identity.config.ConfigError when the file cannot be used */
    public static Meaning meaning(App app, Path file, Path data, Map<String, String> environment) {
        var configuration = read(app, Optional.of(file), data, environment);
        return new Meaning(configuration.app(), configuration.edge());
    }

    /** All that reading a file asked for. */
    public static List<Setting> settings(App app, Path file, Path data, Map<String, String> environment) {
        return read(app, Optional.of(file), data, environment).settings();
    }

    /** @throws io.triport.identity.config.ConfigError when the file cannot be used, which changes nothing */
    public void reload(Path file, Path data, Map<String, String> environment) {
        configuration
                .app()
                .adopt(read(app, Optional.of(file), data, environment).app());
    }

    public URI address() {
        return address;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
