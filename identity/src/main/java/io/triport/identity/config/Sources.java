package io.triport.identity.config;

import io.triport.identity.config.ConfigNode.Mapping;
import io.triport.identity.config.ConfigNode.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where settings come from: a file, overridden by variables of the environment, overridden by flags. A variable's name is its
 * key in capitals with underscores and {@code TRIPORT_} in front: {@code TRIPORT_LISTEN_PORT} for {@code triport.listen.port}.
 */
public final class Sources {
    /** Variables that speak to the launcher and not to an app. */
    private static final String LAUNCHER = "TRIPORT_JAVA_";

    private static final String OURS = "TRIPORT_";

    /** Set once for all apps of a machine, of which not each asks for it. */
    private static final Set<String> OF_SEVERAL = Set.of("TRIPORT_API_TOKEN");

    /** Keys of an app's own sections get it in front, so that no variable of another program is taken for ours. */
    private static final String SHARED = "triport.";

    private final Map<String, String> environment;
    private final Map<String, String> flags;
    private final List<String> known = new ArrayList<>();
    private final Map<String, Setting> told = new LinkedHashMap<>();
    private final FollowedFiles files;
    private final Section root;
    private boolean openFiles;

    /** @param flags values by full key, such as {@code triport.listen.port} */
    public Sources(Mapping file, Map<String, String> environment, Map<String, String> flags) {
        this(file, environment, flags, new FollowedFiles());
    }

    /** @param files notes those that settings name */
    public Sources(Mapping file, Map<String, String> environment, Map<String, String> flags, FollowedFiles files) {
        this.files = files;
        this.environment = Map.copyOf(environment);
        this.flags = Map.copyOf(flags);
        this.root = new Section(this, "", "", file);
    }

    /** The same section each time, because it remembers what was asked for. */
    public Section root() {
        return root;
    }

    /** A section of another origin, such as a variable that holds JSON, with the same references to secrets. */
    public Section root(String key, Mapping mapping) {
        return new Section(this, key, key, mapping);
    }

    /** From now on takes secrets from files that others than their owner may read, as some platforms give them away. */
    public void allowOpenFiles() {
        openFiles = true;
    }

    /** The text of a variable; blank counts as not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    /**
     * The configuration that a variable holds: JSON, or the path of a file of TOML, JSON or YAML, which is followed. Empty where it is
     * not set.
     *
     * @throws ConfigError when it cannot be read
     */
    public Optional<Section> document(String name) {
        return variable(name).map(text -> root(name, ConfigDocument.read(name, text, files)));
    }

    /** The text that a flag, or else the environment, gives to a key, whatever the file says. */
    public Optional<String> given(String key) {
        return override(key).map(Scalar::text);
    }

    /** What was read so far, in the order read: the effective configuration with secrets masked. */
    public List<Setting> told() {
        return List.copyOf(told.values());
    }

    /** @throws ConfigError for a variable of ours that no setting asked for */
    public void refuseUnknownVariables() {
        for (var name : environment.keySet()) {
            if (name.startsWith(OURS)
                    && !name.startsWith(LAUNCHER)
                    && !OF_SEVERAL.contains(name)
                    && !known.contains(name)) {
                throw new ConfigError("environment", name, "unknown setting", "the name of a setting in capitals");
            }
        }
    }

    /** A variable of ours that no setting asks for, because it counted before there were any. */
    public void heeded(String name) {
        known.add(name);
    }

    /** A variable of ours that stands for no key. */
    Optional<String> secretVariable(String name) {
        known.add(name);
        return variable(name).map(String::strip);
    }

    Optional<Scalar> override(String key) {
        var name = (key.startsWith(SHARED) ? key : SHARED + key)
                .toUpperCase(Locale.ROOT)
                .replace('.', '_')
                .replace('-', '_');
        known.add(name);
        if (flags.containsKey(key)) {
            return Optional.of(new Scalar("command line", flags.get(key), true));
        }
        return Optional.ofNullable(environment.get(name)).map(text -> new Scalar("environment " + name, text, true));
    }

    void follow(Path file) {
        files.follow(file);
    }

    SecretSource secrets() {
        return new SecretSource(environment, files, openFiles);
    }

    void tell(Setting setting) {
        told.put(setting.key(), setting);
    }
}
