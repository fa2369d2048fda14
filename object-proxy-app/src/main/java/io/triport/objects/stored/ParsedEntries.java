package io.triport.objects.stored;

import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.directory.Directory;
import io.triport.identity.directory.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the entries of a kind say, read once for each change of one. Safe for many threads. */
final class ParsedEntries<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ParsedEntries.class);

    private final Directory directory;
    private final Kind kind;
    private final Function<Section, T> reader;
    private final Map<String, Parsed<T>> parsed = new ConcurrentHashMap<>();

    /** @param value null for what cannot be read */
    private record Parsed<T>(Entry entry, @Nullable T value) {}

    ParsedEntries(Directory directory, Kind kind, Function<Section, T> reader) {
        this.directory = directory;
        this.kind = kind;
        this.reader = reader;
    }

    Optional<T> find(String name) {
        var entry = directory.find(kind.entries(), name);
        if (entry.isEmpty()) {
            parsed.remove(name);
        }
        return entry.flatMap(this::value);
    }

    /** Never waits. */
    Optional<T> known(String name) {
        return directory.known(kind.entries(), name).flatMap(this::value);
    }

    List<T> all() {
        return directory.all(kind.entries()).stream()
                .flatMap(entry -> value(entry).stream())
                .toList();
    }

    private Optional<T> value(Entry entry) {
        var known = parsed.get(entry.name());
        if (known == null || !known.entry().equals(entry)) {
            known = new Parsed<>(entry, read(entry));
            parsed.put(entry.name(), known);
        }
        return Optional.ofNullable(known.value());
    }

    private @Nullable T read(Entry entry) {
        try {
            return reader.apply(Held.open(kind, entry).document().section());
        } catch (ConfigError e) {
            LOG.error("stored {} is not used: {}", kind.word(), e.getMessage());
            return null;
        }
    }
}
