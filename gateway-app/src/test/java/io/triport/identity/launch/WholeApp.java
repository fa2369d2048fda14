package io.triport.identity.launch;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** An app as it runs, with its management port and with what follows its files. */
public final class WholeApp implements AutoCloseable {
    private final RunningApp app;

    private WholeApp(RunningApp app) {
        this.app = app;
    }

    /** @param data directory of its own. @throws ConfigError when the file cannot be used */
    public static WholeApp start(App app, Path file, Path data, Map<String, String> environment) {
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, data);
        var origin = new Configuration.Origin(file, mode, environment, Map.of());
        return new WholeApp(RunningApp.start(app, Reading.of(files -> Configuration.read(app, origin, files))));
    }

    public URI address() {
        return URI.create(app.edge().listen().url());
    }

    public URI management() {
        return URI.create(app.edge().management().url());
    }

    @Override
    public void close() {
        app.close();
    }
}
