package io.triport.identity.launch;

import io.triport.identity.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A reading of a whole configuration, with all that it asked for. */
public final class Readings {
    private Readings() {}

    public static List<Setting> of(App app, Optional<Path> file, Map<String, String> environment) {
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, Path.of("var"));
        return Configuration.read(app, file, mode, environment, Map.of()).settings();
    }
}
