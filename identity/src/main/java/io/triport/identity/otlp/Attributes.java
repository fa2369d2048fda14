package io.triport.identity.otlp;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What pages of all signals say in the same way. 64-bit integers are texts in the JSON form of protocol buffers. */
public final class Attributes {
    private Attributes() {}

    public static void text(JsonGenerator page, String key, String value) throws IOException {
        attribute(page, key, "stringValue", value);
    }

    public static void number(JsonGenerator page, String key, long value) throws IOException {
        attribute(page, key, "intValue", Long.toString(value));
    }

    private static void attribute(JsonGenerator page, String key, String kind, String value) throws IOException {
        page.writeStartObject();
        page.writeStringField("key", key);
        page.writeObjectFieldStart("value");
        page.writeStringField(kind, value);
        page.writeEndObject();
        page.writeEndObject();
    }

    public static void resource(JsonGenerator page, Teller teller) throws IOException {
        page.writeObjectFieldStart("resource");
        page.writeArrayFieldStart("attributes");
        text(page, "service.name", teller.service());
        text(page, "service.instance.id", teller.node());
        page.writeEndArray();
        page.writeEndObject();
    }

    /** By which part of the program it was recorded. */
    public static void scope(JsonGenerator page) throws IOException {
        page.writeObjectFieldStart("scope");
        page.writeStringField("name", "io.triport");
        page.writeEndObject();
    }
}
