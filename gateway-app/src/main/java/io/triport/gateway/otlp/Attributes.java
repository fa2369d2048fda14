package io.triport.gateway.otlp;

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

    /** Who tells. @param node told apart from others of the same service */
    public static void resource(JsonGenerator page, String node) throws IOException {
        page.writeObjectFieldStart("resource");
        page.writeArrayFieldStart("attributes");
        text(page, "service.name", "triport-gateway");
        text(page, "service.instance.id", node);
        page.writeEndArray();
        page.writeEndObject();
    }

    /** By which part of the program it was recorded. */
    public static void scope(JsonGenerator page) throws IOException {
        page.writeObjectFieldStart("scope");
        page.writeStringField("name", "io.triport.gateway");
        page.writeEndObject();
    }
}
