package io.triport.identity.launch;

import io.micronaut.context.ApplicationContextBuilder;
import io.triport.identity.edge.EdgeSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** An app as it is wired when it runs, for tests that look inside. */
public final class WiredApp {
    /** Port of which the system chooses a free one. */
    private static final EdgeSettings.Listener ANYWHERE = new EdgeSettings.Listener("127.0.0.1", -1);

    private WiredApp() {}

    /** @param settings by full key */
    public static ApplicationContextBuilder of(
            App app, Map<String, String> environment, Map<String, String> settings, Path data) {
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, data);
        var configuration = Configuration.read(app, Optional.empty(), mode, environment, settings);
        return RunningApp.wiring(app, configuration, configuration.edge().listening(given -> ANYWHERE));
    }
}
