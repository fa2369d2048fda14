package io.triport.identity.launch;

import io.triport.domain.storage.StorageSettings;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.ConfigNode;
import io.triport.identity.config.FollowedFiles;
import io.triport.identity.config.Setting;
import io.triport.identity.config.Sources;
import io.triport.identity.config.Value;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.log.Logging;
import io.triport.identity.trace.TraceSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One whole reading of an app's configuration, with nothing in it that nobody asked for.
 *
 * @param traces null where nothing is traced, or where the app reads for itself what is
 */
record Configuration(
        EdgeSettings edge,
        Logging logging,
        @Nullable TraceSettings traces,
        StorageSettings storage,
        AppConfig app,
        List<Setting> settings,
        String hash) {
    /** @throws io.triport.identity.config.ConfigError */
    static Configuration read(
            App app, Optional<Path> file, StartMode mode, Map<String, String> environment, Map<String, String> flags) {
        return read(app, new Origin(file.orElse(null), mode, environment, flags), new FollowedFiles());
    }

    /** Where a configuration is read from. @param file null where there is none */
    record Origin(@Nullable Path file, StartMode mode, Map<String, String> environment, Map<String, String> flags) {}

    /** @param followed notes the files that are read. @throws io.triport.identity.config.ConfigError */
    static Configuration read(App app, Origin origin, FollowedFiles followed) {
        var mapping = ConfigNode.Mapping.empty("defaults");
        if (origin.file() != null) {
            followed.follow(origin.file());
            mapping = ConfigFile.read(origin.file());
        }
        var mode = origin.mode();
        var sources = new Sources(mapping, origin.environment(), origin.flags(), followed);
        app.usualFile().map(UsualFile::variable).ifPresent(sources::heeded);
        var root = sources.root();
        var triport = root.section("triport");
        // First, because whoever reads a secret asks for it.
        if (triport.value(
                "allow-open-key-files",
                Value.SWITCH,
                "false",
                "Whether files with secrets may be readable by others than their owner.")) {
            sources.allowOpenFiles();
        }
        var logging = Logging.read(triport);
        var appConfig = app.read(triport, sources, mode);
        var edge = appConfig.edge(EdgeSettings.read(
                app.name(), app.port(), app.managementPort(), triport, appConfig.maxBody(), appConfig.usualLimits()));
        var storage = StorageReader.read(triport, mode.directory(), app.name(), appConfig);
        var traces = appConfig.replaced().contains("traces") ? null : TraceSettings.read(triport);
        root.refuseUnknown();
        sources.refuseUnknownVariables();
        for (var listener : edge.listeners().values()) {
            if (mode.credentials() == StartMode.Credentials.DEVELOPMENT && !loopback(listener.address())) {
                throw triport.error("listen", listener.address(), "a loopback address with --dev");
            }
        }
        var hash = appConfig.hash().orElseGet(() -> Setting.digest(sources.told()));
        var replaced = appConfig.replaced().stream().map("triport."::concat).toList();
        var told = sources.told().stream()
                .filter(setting -> !below(setting.key(), replaced))
                .toList();
        return new Configuration(edge, logging, traces, storage, appConfig, told, hash);
    }

    private static boolean below(String key, List<String> roots) {
        return roots.stream()
                .anyMatch(root -> key.equals(root) || key.startsWith(root + ".") || key.startsWith(root + "["));
    }

    /** The keys of settings that differ from what runs and are not taken over by it. */
    List<String> needingRestart(Configuration running) {
        var before = new HashMap<String, String>();
        running.settings.forEach(setting -> before.put(setting.key(), setting.shown()));
        return settings.stream()
                .filter(setting -> !setting.shown().equals(before.get(setting.key())))
                .map(Setting::key)
                .filter(key -> !below(key, app.adoptable()))
                .toList();
    }

    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
