package io.triport.kv.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactory.Feature;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads JSON strictly: one value, UTF-8, no duplicate names, depth 64 and numbers of 100 digits at most. */
public final class JsonReader {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;

    /** Strings are bounded by the body, which is read whole before. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(Feature.INTERN_FIELD_NAMES)
            .disable(Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReader() {}

    /** @throws InvalidInput when the bytes are not one JSON value */
    public static Json read(Bytes bytes) {
        try (var parser = parser(bytes)) {
            if (parser.nextToken() == null) {
                throw new InvalidInput("body", "JSON");
            }
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new InvalidInput("body", "one JSON value");
            }
            return value;
        } catch (IOException e) {
            throw new InvalidInput("body", "JSON");
        }
    }

    /** Whether the bytes are one JSON value; cheaper than reading it, and without a copy of them. */
    public static boolean isJson(Bytes bytes) {
        var utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var parser = JSON.createParser(new InputStreamReader(bytes.toInputStream(), utf8))) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The text is decoded first: the parser alone lets some bytes pass that are not UTF-8, inside of strings. */
    private static JsonParser parser(Bytes bytes) throws IOException {
        return JSON.createParser(bytes.toUtf8());
    }

    private static Json value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
            case VALUE_TRUE -> new Json.Truth(true);
            case VALUE_FALSE -> new Json.Truth(false);
            case VALUE_NULL -> new Json.Null();
            default -> throw new InvalidInput("body", "JSON");
        };
    }

    private static Json members(JsonParser parser) throws IOException {
        var members = new LinkedHashMap<String, Json>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json.Members(members);
    }

    private static Json array(JsonParser parser) throws IOException {
        var items = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Array(items);
    }
}
