package io.triport.identity.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads TOML (version 1.0) into {@link ConfigNode}s. */
final class ConfigToml {
    private static final int DEEPEST = 32;

    private final String name;

    private ConfigToml(String name) {
        this.name = name;
    }

    /** @param name of the file, for messages. @throws ConfigError when the text is not TOML */
    static ConfigNode.Mapping parse(String name, String text) {
        var parsed = Toml.parse(text);
        if (parsed.hasErrors()) {
            var first = parsed.errors().getFirst();
            throw new ConfigError(
                    name + " line " + first.position().line(), "(syntax)", String.valueOf(first.getMessage()), "TOML");
        }
        return new ConfigToml(name).mapping(name, parsed, 0);
    }

    private ConfigNode.Mapping mapping(String origin, TomlTable table, int depth) {
        if (depth > DEEPEST) {
            throw new ConfigError(origin, "(depth)", "deeper", "at most " + DEEPEST + " levels");
        }
        var entries = new LinkedHashMap<String, ConfigNode>();
        for (var key : table.keySet()) {
            var path = List.of(key);
            entries.put(key, node(origin(table.inputPositionOf(path), origin), table.get(path), depth));
        }
        return new ConfigNode.Mapping(origin, entries);
    }

    private ConfigNode node(String origin, @Nullable Object value, int depth) {
        return switch (value) {
            case TomlTable table -> mapping(origin, table, depth + 1);
            case TomlArray array -> {
                var items = new ArrayList<ConfigNode>(array.size());
                for (var i = 0; i < array.size(); i++) {
                    items.add(node(origin(array.inputPositionOf(i), origin), array.get(i), depth + 1));
                }
                yield new ConfigNode.Listing(origin, items);
            }
            case String text -> new ConfigNode.Scalar(origin, text, true);
            case null, default -> new ConfigNode.Scalar(origin, String.valueOf(value), false);
        };
    }

    private String origin(@Nullable TomlPosition position, String fallback) {
        return position == null ? fallback : name + " line " + position.line();
    }
}
