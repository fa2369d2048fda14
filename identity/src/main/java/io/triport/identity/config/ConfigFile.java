package io.triport.identity.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML into {@link ConfigNode}s: plain data only, without tags, anchors or more than one document. */
public final class ConfigFile {
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int DEEPEST = 32;

    /** Those of plain values; any other was written out and would have no effect. */
    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.SEQ, Tag.MAP);

    private ConfigFile() {}

    /** @throws ConfigError when the file cannot be read or is not a mapping at its top */
    public static ConfigNode.Mapping read(Path file) {
        return parse(String.valueOf(file.getFileName()), text(file));
    }

    /** @throws ConfigError when it cannot be read */
    static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new ConfigError(file.toString(), "file", Files.size(file) + " bytes", "at most 4 MiB");
            }
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new ConfigError(file.toString(), "file", "not UTF-8", "UTF-8 text");
        } catch (IOException e) {
            throw new ConfigError(file.toString(), "file", "unreadable", "an existing file that this user may read");
        }
    }

    /** @throws ConfigError when the text is not a YAML mapping; an empty text is an empty mapping */
    public static ConfigNode.Mapping parse(String name, String text) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        try {
            var root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                return ConfigNode.Mapping.empty(name);
            }
            if (convert(name, "(top)", root) instanceof ConfigNode.Mapping mapping) {
                return mapping;
            }
            throw new ConfigError(name + " line 1", "(top)", "not a mapping", "keys with values");
        } catch (MarkedYAMLException e) {
            var line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ConfigError(name + " line " + line, "(syntax)", String.valueOf(e.getProblem()), "YAML");
        } catch (org.yaml.snakeyaml.error.YAMLException | IllegalArgumentException e) {
            // The second is what the library throws for some tags that are none, such as !6%a.
            throw new ConfigError(name, "(syntax)", String.valueOf(e.getMessage()), "YAML");
        }
    }

    private static ConfigNode convert(String name, String key, Node node) {
        var origin = name + " line " + (node.getStartMark().getLine() + 1);
        if (!TAGS.contains(node.getTag())) {
            throw new ConfigError(origin, key, "tag " + node.getTag().getValue(), "plain values without tags");
        }
        return switch (node) {
            case ScalarNode scalar ->
                new ConfigNode.Scalar(origin, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
            case SequenceNode sequence -> {
                var items = new ArrayList<ConfigNode>();
                for (var item : sequence.getValue()) {
                    items.add(convert(name, key, item));
                }
                yield new ConfigNode.Listing(origin, items);
            }
            case MappingNode mapping -> convert(name, origin, mapping);
            default -> throw new ConfigError(origin, key, "an alias", "plain values");
        };
    }

    private static ConfigNode.Mapping convert(String name, String origin, MappingNode mapping) {
        var entries = new LinkedHashMap<String, ConfigNode>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                throw new ConfigError(origin, "(key)", "not text", "text as key");
            }
            var key = keyNode.getValue();
            if (entries.put(key, convert(name, key, tuple.getValueNode())) != null) {
                var line = name + " line " + (keyNode.getStartMark().getLine() + 1);
                throw new ConfigError(line, key, "twice", "each key once");
            }
        }
        return new ConfigNode.Mapping(origin, entries);
    }
}
