package io.triport.identity.config;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigNode.Mapping;
import io.triport.identity.config.ConfigNode.Scalar;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The settings under one key. Not safe for many threads: configuration is read at one place and passed on as records. */
public final class Section {
    private static final String MASK = "(secret)";
    private static final String NONE = "";

    private final Sources sources;
    private final String key;
    private final String name;
    private final Mapping mapping;
    private final Set<String> known = new HashSet<>();
    private final Map<String, Section> inner = new LinkedHashMap<>();

    Section(Sources sources, String key, String name, Mapping mapping) {
        this.sources = sources;
        this.key = key;
        this.name = name;
        this.mapping = mapping;
    }

    public String key() {
        return key;
    }

    /** The last part of the key, which the operator may have chosen. */
    public String name() {
        return name;
    }

    public String origin() {
        return mapping.origin();
    }

    /** A setting with a default. @param fallback as text, read like any other value */
    public <T> T value(String name, Value<T> value, String fallback, String about) {
        var scalar = scalar(name).orElse(new Scalar("default", fallback, false));
        tell(name, value.expectation(), fallback, about, scalar.text(), scalar.origin());
        return parse(path(name), value, scalar);
    }

    /**
     * A setting that the system which the app stands in for calls otherwise.
     *
     * @param alias its variable, which gives way only to the setting's own variable and flag
     */
    public <T> T value(String name, Value<T> value, String fallback, String about, Alias alias) {
        var scalar = sources.override(path(name))
                .or(() -> alias.read(sources))
                .or(() -> scalar(name))
                .orElse(new Scalar("default", fallback, false));
        known.add(name);
        tell(name, value.expectation(), fallback, about, scalar.text(), scalar.origin());
        return parse(path(name), value, scalar);
    }

    /**
     * Another name of a setting.
     *
     * @param variable of the environment
     * @param unit behind the variable's text, empty when it has the form of the setting
     */
    public record Alias(String variable, String unit) {
        Optional<Scalar> read(Sources sources) {
            return sources.variable(variable).map(text -> new Scalar("environment " + variable, text + unit, true));
        }
    }

    /** A setting that may be left out and then has no value at all. */
    public <T> Optional<T> optional(String name, Value<T> value, String about) {
        var scalar = scalar(name);
        tell(
                name,
                value.expectation(),
                NONE,
                about,
                scalar.map(Scalar::text).orElse(NONE),
                scalar.map(Scalar::origin).orElse("default"));
        return scalar.map(text -> parse(path(name), value, text));
    }

    /** What a file has that a setting names, of at most 256 KiB; the file is followed. */
    public Optional<Bytes> content(String name, String about) {
        return optional(
                name,
                new Value<>(Value.CONTENT.expectation(), text -> {
                    follow(Path.of(text));
                    return Value.CONTENT.parser().apply(text);
                }),
                about);
    }

    /** Notes a file that a setting of this section names and that is about to be read: when it changes, all is read anew. */
    public void follow(Path file) {
        sources.follow(file);
    }

    /** A list of values; empty when it is left out. An override is a text with commas. */
    public <T> List<T> list(String name, Value<T> value, String about) {
        var items = items(name);
        // An empty text is a value, and must not look like an empty list.
        var shown = items.stream()
                .map(item -> item.text().isEmpty() ? "\"\"" : item.text())
                .toList();
        tell(name, "a list, each " + value.expectation(), "[]", about, shown.toString(), origin());
        return items.stream().map(item -> parse(path(name), value, item)).toList();
    }

    /** The same, where one value alone may be written without brackets. */
    public <T> List<T> oneOrList(String name, Value<T> value, String about) {
        var alone = mapping.entries().get(name) instanceof Scalar
                && sources.override(path(name)).isEmpty();
        return alone ? optional(name, value, about).stream().toList() : list(name, value, about);
    }

    /** A secret by reference. @throws ConfigError when it is written out, or leads nowhere */
    public Optional<Secret> secret(String name, String about) {
        var scalar = scalar(name);
        tell(name, "${env:NAME} or ${file:PATH}", NONE, about, scalar.isPresent() ? MASK : NONE, origin());
        return scalar.map(reference -> sources.secrets().resolve(reference, path(name)));
    }

    /** The same, and when it is left out the text of a variable that is secret as a whole. */
    public Optional<Secret> secret(String name, String variable, String about) {
        return secret(name, about + "; or the variable " + variable)
                .or(() -> sources.secretVariable(variable).map(Secret::of));
    }

    /** Secrets by reference, in order. */
    public List<Secret> secrets(String name, String about) {
        var items = items(name);
        tell(name, "a list, each ${env:NAME} or ${file:PATH}", "[]", about, items.isEmpty() ? NONE : MASK, origin());
        return items.stream()
                .map(reference -> sources.secrets().resolve(reference, path(name)))
                .toList();
    }

    /** Secrets written out, one or a list, for a source that is secret as a whole. */
    public List<Secret> writtenSecrets(String name, String about) {
        known.add(name);
        var items = switch (mapping.entries().get(name)) {
            case null -> List.<Scalar>of();
            case Scalar scalar -> List.of(scalar);
            case ConfigNode.Listing listing ->
                listing.items().stream().map(item -> single(name, item)).toList();
            case ConfigNode other -> throw new ConfigError(other.origin(), path(name), "not text", "a secret");
        };
        tell(name, "text", NONE, about, items.isEmpty() ? NONE : MASK, origin());
        return items.stream().map(item -> Secret.of(item.text().strip())).toList();
    }

    /** The section under a key, empty when it is left out. */
    public Section section(String name) {
        return open(name, path(name));
    }

    /** The sections of a list, in order; empty when it is left out. */
    public List<Section> sections(String name) {
        known.add(name);
        var node = mapping.entries().get(name);
        return switch (node) {
            case null -> List.of();
            case ConfigNode.Listing listing -> sections(name, listing);
            default -> throw new ConfigError(node.origin(), path(name), "not a list", "a list of sections");
        };
    }

    /** The same, where an item that is one value alone is short for a section with that value under a key. @param sole the key */
    public List<Section> sections(String name, String sole) {
        known.add(name);
        var node = mapping.entries().get(name);
        if (!(node instanceof ConfigNode.Listing(var origin, var items))) {
            return sections(name);
        }
        return sections(
                name,
                new ConfigNode.Listing(
                        origin,
                        items.stream()
                                .<ConfigNode>map(item -> item instanceof Scalar scalar
                                        ? new Mapping(scalar.origin(), new LinkedHashMap<>(Map.of(sole, scalar)))
                                        : item)
                                .toList()));
    }

    private List<Section> sections(String name, ConfigNode.Listing listing) {
        var read = new java.util.ArrayList<Section>();
        for (var item : listing.items()) {
            var part = name + "[" + read.size() + "]";
            if (!(item instanceof Mapping deeper)) {
                throw new ConfigError(item.origin(), path(part), "not a section", "keys with values");
            }
            read.add(inner.computeIfAbsent(part, absent -> new Section(sources, path(part), part, deeper)));
        }
        return read;
    }

    /** The sections under the names that the operator chose, in the order written. @param shape reads one of them */
    public <T> Map<String, T> named(String name, Function<Section, T> shape) {
        return section(name).each(shape);
    }

    /** The sections under all names of this one, which the operator chose. */
    public <T> Map<String, T> each(Function<Section, T> shape) {
        var read = new LinkedHashMap<String, T>();
        for (var chosen : mapping.entries().keySet()) {
            read.put(chosen, shape.apply(open(chosen, path(chosen))));
        }
        return read;
    }

    /** The keys as written, where the operator chose them. */
    public List<String> names() {
        return List.copyOf(mapping.entries().keySet());
    }

    public boolean has(String name) {
        return mapping.entries().containsKey(name);
    }

    /** Whether one value stands under a name, and neither a section nor a list. */
    public boolean plain(String name) {
        return mapping.entries().get(name) instanceof Scalar;
    }

    /** @throws ConfigError for the first key of the file that nobody asked for, here or further in */
    public void refuseUnknown() {
        for (var entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                var expected = known.stream().sorted().toList();
                throw new ConfigError(
                        entry.getValue().origin(), path(entry.getKey()), "unknown setting", "one of " + expected);
            }
        }
        inner.values().forEach(Section::refuseUnknown);
    }

    /** An error about a setting of this section, for rules that span several. */
    public ConfigError error(String name, String value, String expectation) {
        var node = mapping.entries().get(name);
        return new ConfigError(node == null ? origin() : node.origin(), path(name), value, expectation);
    }

    /** The same section each time, because it remembers what was asked for. */
    private Section open(String name, String path) {
        known.add(name);
        return inner.computeIfAbsent(name, absent -> opened(name, path));
    }

    private Section opened(String name, String path) {
        var node = mapping.entries().get(name);
        return switch (node) {
            case null -> new Section(sources, path, name, Mapping.empty(origin()));
            case Mapping deeper -> new Section(sources, path, name, deeper);
            case Scalar scalar
            when scalar.text().isEmpty() && !scalar.quoted() ->
                new Section(sources, path, name, Mapping.empty(scalar.origin()));
            default -> throw new ConfigError(node.origin(), path, "not a section", "keys with values");
        };
    }

    private Optional<Scalar> scalar(String name) {
        known.add(name);
        var override = sources.override(path(name));
        if (override.isPresent()) {
            return override;
        }
        return switch (mapping.entries().get(name)) {
            case null -> Optional.empty();
            case Scalar scalar -> Optional.of(scalar);
            case ConfigNode other ->
                throw new ConfigError(other.origin(), path(name), "not a single value", "one value");
        };
    }

    private List<Scalar> items(String name) {
        known.add(name);
        var override = sources.override(path(name));
        if (override.isPresent()) {
            var whole = override.get();
            return whole.text().isBlank()
                    ? List.of()
                    : List.of(whole.text().split(",", -1)).stream()
                            .map(part -> new Scalar(whole.origin(), part.strip(), true))
                            .toList();
        }
        return switch (mapping.entries().get(name)) {
            case null -> List.of();
            case ConfigNode.Listing listing ->
                listing.items().stream().map(item -> single(name, item)).toList();
            case ConfigNode other ->
                throw new ConfigError(other.origin(), path(name), "not a list", "a list such as [a, b]");
        };
    }

    private Scalar single(String name, ConfigNode node) {
        if (node instanceof Scalar scalar) {
            return scalar;
        }
        throw new ConfigError(node.origin(), path(name), "not a single value", "a list of single values");
    }

    private <T> T parse(String path, Value<T> value, Scalar scalar) {
        try {
            return value.parser().apply(scalar.text());
        } catch (IllegalArgumentException | ArithmeticException | InvalidInput | DateTimeException e) {
            throw new ConfigError(scalar.origin(), path, scalar.text(), value.expectation());
        }
    }

    private void tell(String name, String expectation, String fallback, String about, String shown, String origin) {
        sources.tell(new Setting(path(name), expectation, fallback, about, shown, origin));
    }

    private String path(String name) {
        return key.isEmpty() ? name : key + "." + name;
    }
}
