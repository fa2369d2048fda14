package io.triport.identity.launch;

import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import java.util.List;
import java.util.Optional;

/** What makes an app one: its name, its addresses, its settings. Everything else comes from the edge. */
public interface App {
    /** The name in commands, logs and files, such as {@code kv-proxy}. */
    String name();

    /** The port when nothing is configured. */
    int port();

    /** The management port when nothing is configured. */
    int managementPort();

    /**
     * Reads the settings; called again for each reload, without effect on what runs.
     *
     * @param triport the section of the shared keys, in which the app has its own
     * @throws io.triport.identity.config.ConfigError for settings that cannot be used
     */
    AppConfig read(Section triport, Sources sources, StartMode mode);

    /** Where its configuration is when the command does not say; empty for nowhere. */
    default Optional<UsualFile> usualFile() {
        return Optional.empty();
    }

    /** Commands of the app beside running it, such as making a key. @return the exit code, or empty when it has no such command */
    default java.util.OptionalInt command(List<String> arguments) {
        return java.util.OptionalInt.empty();
    }
}
