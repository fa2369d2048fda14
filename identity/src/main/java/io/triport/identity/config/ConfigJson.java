package io.triport.identity.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads JSON into {@link ConfigNode}s, strictly: one value, no duplicate names, at most 32 deep. */
public final class ConfigJson {
    private static final int DEEPEST = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private ConfigJson() {}

    /** @param name of the variable or file, for messages. @throws ConfigError when the text is not one JSON object */
    public static ConfigNode.Mapping parse(String name, String text) {
        try (var parser = JSON.createParser(text)) {
            parser.nextToken();
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new ConfigError(name, "(top)", "not an object", "a JSON object");
            }
            var mapping = mapping(name, parser);
            if (parser.nextToken() != null) {
                throw new ConfigError(origin(name, parser), "(end)", "more text", "one JSON object");
            }
            return mapping;
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ConfigError(name + " line " + line, "(syntax)", "not JSON", "JSON without duplicate names");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what {@link #parse} reads: an object without blanks, members in their order. */
    public static String text(ConfigNode.Mapping mapping) {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            write(generator, mapping);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, ConfigNode node) throws IOException {
        switch (node) {
            case ConfigNode.Scalar(var origin, var text, var quoted) -> {
                if (quoted) {
                    generator.writeString(text);
                } else {
                    generator.writeRawValue(text);
                }
            }
            case ConfigNode.Listing(var origin, var items) -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(generator, item);
                }
                generator.writeEndArray();
            }
            case ConfigNode.Mapping(var origin, var entries) -> {
                generator.writeStartObject();
                for (var entry : entries.entrySet()) {
                    generator.writeFieldName(entry.getKey());
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
        }
    }

    private static ConfigNode value(String name, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(name, parser);
            case START_ARRAY -> {
                var origin = origin(name, parser);
                var items = new ArrayList<ConfigNode>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(name, parser));
                }
                yield new ConfigNode.Listing(origin, items);
            }
            default ->
                new ConfigNode.Scalar(
                        origin(name, parser), parser.getText(), parser.currentToken() == JsonToken.VALUE_STRING);
        };
    }

    private static ConfigNode.Mapping mapping(String name, JsonParser parser) throws IOException {
        var origin = origin(name, parser);
        var entries = new LinkedHashMap<String, ConfigNode>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            parser.nextToken();
            entries.put(key, value(name, parser));
        }
        return new ConfigNode.Mapping(origin, entries);
    }

    private static String origin(String name, JsonParser parser) {
        return name + " line " + parser.currentTokenLocation().getLineNr();
    }
}
