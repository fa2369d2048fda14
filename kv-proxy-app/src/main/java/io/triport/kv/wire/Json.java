package io.triport.kv.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A JSON value as sent: numbers keep their digits and members their order. */
public sealed interface Json {
    record Text(String value) implements Json {}

    /** @param digits as sent */
    record Numeral(String digits) implements Json {}

    record Truth(boolean value) implements Json {}

    record Null() implements Json {}

    record Array(List<Json> items) implements Json {
        public Array {
            items = List.copyOf(items);
        }
    }

    /** Members by name. */
    record Members(SequencedMap<String, Json> members) implements Json {
        public static final Members NONE = new Members(new LinkedHashMap<>());

        public Members {
            members = new LinkedHashMap<>(members);
        }

        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** The member when it is a text; anything else counts as absent. */
        public Optional<String> text(String name) {
            return get(name).filter(Text.class::isInstance).map(json -> ((Text) json).value());
        }

        /** The member when it is a number that a double can hold; anything else counts as absent. */
        public Optional<Double> number(String name) {
            return get(name)
                    .filter(Numeral.class::isInstance)
                    .map(json -> Double.parseDouble(((Numeral) json).digits()))
                    .filter(Double::isFinite);
        }
    }
}
