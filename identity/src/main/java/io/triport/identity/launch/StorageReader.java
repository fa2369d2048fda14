package io.triport.identity.launch;

import io.triport.domain.identity.Secret;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.storage.StorageSettings.Consistency;
import io.triport.domain.storage.StorageSettings.Engine;
import io.triport.domain.storage.StorageSettings.VolatileData;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads which engine keeps the data. */
final class StorageReader {
    private static final Value<String> STORAGE = Value.matching(
            "embedded|memory|postgresql://[^\\s@:/]+@[^\\s@]+",
            "embedded, memory or postgresql://user@host[:port]/database");

    private static final String WITH_DATA = "storage";

    private StorageReader() {}

    static StorageSettings read(Section triport, Path directory, String name, AppConfig app) {
        var engine = engine(
                triport,
                triport.value(
                        "storage", STORAGE, "embedded", "The engine: embedded, memory, or a PostgreSQL database."),
                name,
                app);
        var consistency = triport.value(
                "consistency",
                Value.oneOf(Consistency.values()),
                "strict",
                "Whether a read may come from the node's own cache for up to a minute.");
        var volatileData = triport.value(
                "allow-volatile",
                Value.oneOf(Flag.values()),
                "false",
                "Whether an engine that may lose acknowledged writes is wanted.");
        if (engine instanceof StorageSettings.Embedded(StorageSettings.Together together)
                && consistency == Consistency.EDGE) {
            throw triport.error("consistency", "edge", "strict with shared-data: a cache would not see others' writes");
        }
        if (engine instanceof StorageSettings.Memory && volatileData == Flag.FALSE) {
            throw triport.error(
                    "storage", "memory", "allow-volatile: true beside it, since nothing survives the process");
        }
        if (!(engine instanceof StorageSettings.PostgreSql)) {
            var wanted = app.wantsSharedData();
            if (wanted.isPresent()) {
                throw triport.error(
                        "storage",
                        engine instanceof StorageSettings.Memory ? "memory" : "embedded",
                        "postgresql://user@host[:port]/database for " + wanted.get());
            }
        }
        return new StorageSettings(
                engine,
                directory.toString(),
                consistency,
                volatileData == Flag.TRUE ? VolatileData.ALLOWED : VolatileData.REFUSED,
                app.nonceWindow(),
                app.nonceMemory(),
                sharedLimits(triport),
                deadline(triport));
    }

    private static Duration deadline(Section triport) {
        return triport.section("timeouts")
                .value(
                        "storage",
                        Value.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                        Value.show(CallDeadlines.USUAL),
                        "How long stores may keep a request waiting while none of its bytes move.");
    }

    private static StorageSettings.SharedLimits sharedLimits(Section triport) {
        var store = triport.value(
                "shared-limits",
                RedisReader.serverOr(WITH_DATA),
                WITH_DATA,
                "Where limits of all nodes are counted: with the data, or on Redis.");
        return RedisReader.read(
                        triport, "shared-limits", Optional.of(store).filter(address -> !address.equals(WITH_DATA)))
                .<StorageSettings.SharedLimits>map(server -> server)
                .orElseGet(StorageSettings.WithData::new);
    }

    private enum Flag {
        FALSE,
        TRUE
    }

    private static Engine engine(Section triport, String text, String name, AppConfig app) {
        var shared = triport.value(
                "shared-data",
                Value.SWITCH,
                "false",
                "Whether the KV proxy and the manager have the data directory together.");
        if (shared && !text.equals("embedded")) {
            throw triport.error("shared-data", "true", "false, or storage: embedded beside it");
        }
        var marks = app.sharedMarks();
        if (shared && marks.isEmpty()) {
            throw triport.error("shared-data", "true", "false: the " + name + " has its data directory to itself");
        }
        var password = triport.secret("storage-password", "Password of the PostgreSQL user, by reference.");
        var bounds = bounds(triport);
        return switch (text) {
            case "embedded" ->
                shared && marks.isPresent()
                        ? new StorageSettings.Embedded(new StorageSettings.Together(name, marks.get()))
                        : new StorageSettings.Embedded();
            case "memory" -> new StorageSettings.Memory();
            default -> postgreSql(URI.create(text), password.orElse(Secret.of("")), bounds);
        };
    }

    private static StorageSettings.Bounds bounds(Section triport) {
        var usual = StorageSettings.Bounds.USUAL;
        var timeouts = triport.section("storage-timeouts");
        return new StorageSettings.Bounds(
                triport.value(
                        "storage-connections",
                        Value.integer(1, 1000),
                        Integer.toString(usual.connections()),
                        "Connections of this node to PostgreSQL."),
                timeouts.value(
                        "start",
                        Value.duration(Duration.ZERO, Duration.ofMinutes(10)),
                        Value.show(usual.start()),
                        "How long the start waits for a PostgreSQL that does not answer."),
                timeouts.value(
                        "connection",
                        Value.duration(Duration.ofMillis(250), Duration.ofMinutes(1)),
                        Value.show(usual.connection()),
                        "How long a request waits for a connection to PostgreSQL."),
                timeouts.value(
                        "statement",
                        Value.duration(Duration.ofMillis(100), Duration.ofMinutes(10)),
                        Value.show(usual.statement()),
                        "How long a statement of the app's own may take in PostgreSQL."));
    }

    private static Engine postgreSql(URI uri, Secret password, StorageSettings.Bounds bounds) {
        var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var url = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
        return new StorageSettings.PostgreSql(url, uri.getUserInfo(), password, bounds);
    }
}
