package io.triport.identity.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import io.triport.identity.otlp.Attributes;
import java.io.IOException;

/** Something that a span says of itself. No word of a client's. */
public sealed interface Attribute {
    record Text(String key, String text) implements Attribute {}

    record Numeral(String key, long number) implements Attribute {}

    static Attribute of(String key, String text) {
        return new Text(key, text);
    }

    static Attribute of(String key, long number) {
        return new Numeral(key, number);
    }

    /** How it ended, in a word from a closed set. */
    static Attribute outcome(String word) {
        return of("triport.outcome", word);
    }

    /** Onto a page for a collector. */
    default void write(JsonGenerator page) throws IOException {
        switch (this) {
            case Text(var key, var text) -> Attributes.text(page, key, text);
            case Numeral(var key, var number) -> Attributes.number(page, key, number);
        }
    }
}
