package io.triport.identity.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** A configuration that a variable holds: JSON as it stands, or the path of a file of TOML, JSON or YAML. */
final class ConfigDocument {
    private ConfigDocument() {}

    /** @throws ConfigError when it is neither */
    static ConfigNode.Mapping read(String variable, String text, FollowedFiles files) {
        var whole = text.strip();
        if (whole.startsWith("{")) {
            return ConfigJson.parse(variable, whole);
        }
        var file = path(variable, whole);
        files.follow(file);
        var name = String.valueOf(file.getFileName());
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".toml")) {
            return ConfigToml.parse(name, ConfigFile.text(file));
        }
        if (lower.endsWith(".json")) {
            return ConfigJson.parse(name, ConfigFile.text(file));
        }
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return ConfigFile.read(file);
        }
        throw new ConfigError("environment " + variable, variable, name, "a file named .toml, .json, .yaml or .yml");
    }

    private static Path path(String variable, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigError("environment " + variable, variable, text, "JSON, or the path of a file");
        }
    }
}
