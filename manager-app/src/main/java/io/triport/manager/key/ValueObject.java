package io.triport.manager.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON whose member {@code value} may be a text as long as a value: that text in pieces, and the other members.
 *
 * @param text null where the member is none, or is no text
 */
public record ValueObject(Fields rest, @Nullable ValueText text) {
    /** The longest value as base64, and some more: a longer text is too long for any value. */
    private static final int LONGEST_TEXT = KvLimits.VALUE_BYTES / 3 * 4 + 1_024;

    /** For whoever reads such objects one by one. */
    public static final JsonFactory FACTORY = Json.FACTORY
            .rebuild()
            .streamReadConstraints(Json.FACTORY
                    .streamReadConstraints()
                    .rebuild()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private static final JsonMapper NODES = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String VALUE = "value";

    /**
     * The object at whose beginning the parser stands, which stands at its end then.
     *
     * @throws io.triport.manager.answer.Refused INVALID_ARGUMENT, VALUE_TOO_LARGE
     */
    public static ValueObject read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Problem.INVALID_ARGUMENT.refused("The body must be a JSON object, or a list of such");
        }
        var rest = Json.object();
        ValueText text = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals(VALUE)) {
                text = text(parser);
            } else {
                rest.set(name, NODES.<JsonNode>readTree(parser));
            }
        }
        return new ValueObject(new Fields(rest), text);
    }

    /** The one that is all there is in a body. @throws io.triport.manager.answer.Refused also INVALID_JSON */
    static ValueObject whole(InputStream body) {
        try (var parser = FACTORY.createParser(body)) {
            if (parser.nextToken() == null) {
                throw Problem.INVALID_JSON.refused("The body is empty");
            }
            var read = read(parser);
            if (parser.nextToken() != null) {
                throw Problem.INVALID_JSON.refused();
            }
            return read;
        } catch (JsonProcessingException e) {
            throw Problem.INVALID_JSON.refused();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValueText text(JsonParser parser) throws IOException {
        var text = new ValueText();
        var utf8 = StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT);
        try (var writer = new OutputStreamWriter(text, utf8)) {
            parser.getText(writer);
        } catch (CharacterCodingException e) {
            throw Problem.INVALID_ARGUMENT.refused("value must be Unicode without lone surrogates");
        } catch (StreamConstraintsException e) {
            throw Problem.VALUE_TOO_LARGE.refused();
        }
        return text;
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT where there is none */
    public ValueText value() {
        if (text == null) {
            throw Fields.invalid(VALUE, "a text");
        }
        return text;
    }
}
