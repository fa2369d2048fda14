package io.triport.manager.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** How files are read and written as JSON: no name twice in an object, depth 64 and numbers of 100 digits at most. */
final class Tokens {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;

    /** The separator of root values is set by who writes them. */
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator("")
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Tokens() {}

    /**
     * The value at which the parser stands, without blanks; the parser stands at its end then. Numbers keep their digits. Null for
     * one of more than {@code most} bytes, which is read but not kept.
     *
     * @throws InvalidInput for a text with a lone surrogate
     */
    static @Nullable Bytes compact(JsonParser parser, int most) throws IOException {
        var kept = new Kept(most);
        try (var generator = FACTORY.createGenerator(kept)) {
            copy(parser, generator);
        }
        if (kept.length > most) {
            return null;
        }
        var bytes = Bytes.utf8(kept.text.toString());
        return bytes.size() > most ? null : bytes;
    }

    /** Copies the value at which the parser stands, token by token. */
    static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
        var depth = 0;
        while (true) {
            switch (parser.currentToken()) {
                case START_OBJECT -> {
                    generator.writeStartObject();
                    depth++;
                }
                case END_OBJECT -> {
                    generator.writeEndObject();
                    depth--;
                }
                case START_ARRAY -> {
                    generator.writeStartArray();
                    depth++;
                }
                case END_ARRAY -> {
                    generator.writeEndArray();
                    depth--;
                }
                case FIELD_NAME -> generator.writeFieldName(parser.currentName());
                case VALUE_STRING -> generator.writeString(parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getText());
                case VALUE_TRUE, VALUE_FALSE -> generator.writeBoolean(parser.getBooleanValue());
                case VALUE_NULL -> generator.writeNull();
                case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("token: " + parser.currentToken() + " (expected: one of JSON)");
            }
            if (depth == 0) {
                return;
            }
            if (parser.nextToken() == null) {
                throw new IOException("JSON ends within a value");
            }
        }
    }

    /** The first characters of a text, and how many there are. */
    private static final class Kept extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final int most;
        private long length;

        private Kept(int most) {
            this.most = most;
        }

        @Override
        public void write(char[] characters, int from, int count) {
            length += count;
            if (length <= most) {
                text.append(characters, from, count);
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
