package io.triport.identity.launch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** An answer of the management port as it is when asked for. */
record Page(int status, String contentType, String text) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the members of an object. */
    interface Members {
        void write(JsonGenerator generator) throws IOException;
    }

    static Page json(int status, Members members) {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            members.write(generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Page(status, "application/json", text.toString());
    }

    /** An object that says how it went and nothing else. */
    static Page said(int status, String word) {
        return json(status, generator -> generator.writeStringField("status", word));
    }
}
