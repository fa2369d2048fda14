package io.triport.manager.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON, read strictly: one document of UTF-8, no member twice. */
public final class Json {
    /** A value of 25 MiB in the longest form that JSON has for a byte. */
    private static final int LONGEST_TEXT = 6 * 26_214_400;

    private static final int DEEPEST = 100;

    /** For whoever reads a document piece by piece. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNestingDepth(DEEPEST)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** @throws Refused INVALID_JSON */
    public static JsonNode parse(Bytes bytes) {
        try {
            var read = MAPPER.readTree(bytes.toInputStream());
            if (read == null || read.isMissingNode()) {
                throw Problem.INVALID_JSON.refused("The body is empty");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw Problem.INVALID_JSON.refused();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks whether it can be parsed, without a tree of it. @throws Refused INVALID_JSON */
    public static void require(Bytes bytes) {
        try (var parser = FACTORY.createParser(bytes.toInputStream())) {
            if (parser.nextToken() == null) {
                throw Problem.INVALID_JSON.refused();
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw Problem.INVALID_JSON.refused();
            }
        } catch (JsonProcessingException e) {
            throw Problem.INVALID_JSON.refused();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text in quotes. */
    public static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** @throws Refused INVALID_JSON */
    public static JsonNode parse(String text) {
        return parse(Bytes.utf8(text));
    }

    public static Bytes bytes(JsonNode node) {
        try {
            return Bytes.copyOf(MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
