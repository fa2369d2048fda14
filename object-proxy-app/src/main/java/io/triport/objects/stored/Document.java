package io.triport.objects.stored;

import io.triport.identity.config.ConfigJson;
import io.triport.identity.config.ConfigNode;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of one bucket, credential or role, in the form that a configuration file has them, as JSON. Immutable. */
public record Document(ConfigNode.Mapping settings) {
    private static final String NOTHING = "null";

    /**
     * Reads JSON; a member that is null counts as left out.
     *
     * @param origin for messages
     * @throws io.triport.identity.config.ConfigError when it is not one object
     */
    public static Document parse(String origin, String json) {
        return new Document(withoutNothing(ConfigJson.parse(origin, json)));
    }

    public static Document empty() {
        return new Document(ConfigNode.Mapping.empty("document"));
    }

    private static ConfigNode.Mapping withoutNothing(ConfigNode.Mapping mapping) {
        var entries = new LinkedHashMap<String, ConfigNode>();
        mapping.entries().forEach((key, node) -> {
            if (node instanceof ConfigNode.Mapping inner) {
                entries.put(key, withoutNothing(inner));
            } else if (!(node instanceof ConfigNode.Scalar(var origin, var text, var quoted))
                    || quoted
                    || !text.equals(NOTHING)) {
                entries.put(key, node);
            }
        });
        return new ConfigNode.Mapping(mapping.origin(), entries);
    }

    /** For a reader of settings, which sees neither variables nor flags. */
    public Section section() {
        return new Sources(settings, Map.of(), Map.of()).root();
    }

    public Optional<String> text(String key) {
        return settings.entries().get(key) instanceof ConfigNode.Scalar scalar
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** The settings under a key; empty where there are none. */
    public Document inner(String key) {
        return settings.entries().get(key) instanceof ConfigNode.Mapping mapping ? new Document(mapping) : empty();
    }

    public boolean has(String key) {
        return settings.entries().containsKey(key);
    }

    public Document with(String key, String text) {
        return with(key, new ConfigNode.Scalar(key, text, true));
    }

    public Document withNumber(String key, long number) {
        return with(key, new ConfigNode.Scalar(key, Long.toString(number), false));
    }

    public Document with(String key, Document inner) {
        return with(key, inner.settings);
    }

    public Document with(String key, List<Document> items) {
        return with(
                key,
                new ConfigNode.Listing(
                        key, items.stream().<ConfigNode>map(Document::settings).toList()));
    }

    public Document withTexts(String key, List<String> texts) {
        return with(
                key,
                new ConfigNode.Listing(
                        key,
                        texts.stream()
                                .<ConfigNode>map(text -> new ConfigNode.Scalar(key, text, true))
                                .toList()));
    }

    private Document with(String key, ConfigNode node) {
        var entries = new LinkedHashMap<>(settings.entries());
        entries.put(key, node);
        return new Document(new ConfigNode.Mapping(settings.origin(), entries));
    }

    public Document without(String key) {
        var entries = new LinkedHashMap<>(settings.entries());
        entries.remove(key);
        return new Document(new ConfigNode.Mapping(settings.origin(), entries));
    }

    public String json() {
        return ConfigJson.text(settings);
    }

    /** The names of the settings alone: values may be secrets. */
    @Override
    public String toString() {
        return "Document" + settings.entries().keySet();
    }
}
