package io.triport.identity.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A piece of configuration with where it was read. */
public sealed interface ConfigNode {
    /** Where it was read, for people: a file and line, or the name of a variable. */
    String origin();

    /** A value as text. @param quoted whether it was written in quotes, and so is text whatever it looks like */
    record Scalar(String origin, String text, boolean quoted) implements ConfigNode {}

    /** Values in order. */
    record Listing(String origin, List<ConfigNode> items) implements ConfigNode {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /** Values by key, in the order written. */
    record Mapping(String origin, SequencedMap<String, ConfigNode> entries) implements ConfigNode {
        public Mapping {
            entries = new LinkedHashMap<>(entries);
        }

        public static Mapping empty(String origin) {
            return new Mapping(origin, new LinkedHashMap<>(Map.of()));
        }
    }
}
