package io.triport.storage.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import java.io.IOException;

/** What servers read and write. Failures say nothing of the text. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** @throws StorageFailure.Unavailable for what is no JSON */
    static JsonNode parse(Bytes bytes) {
        try {
            return MAPPER.readTree(bytes.toByteArray());
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "model server: no JSON");
        }
    }

    /** A caller's. @throws StorageFailure.Rejected for what is no array */
    static ArrayNode array(JsonText text) {
        try {
            if (MAPPER.readTree(text.text()) instanceof ArrayNode array) {
                return array;
            }
        } catch (JsonProcessingException e) {
            // No JSON is no array.
        }
        throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "tools: no array of JSON");
    }

    static JsonText text(JsonNode node) {
        return node.isArray() && !node.isEmpty() ? new JsonText(node.toString()) : JsonText.NONE;
    }

    static Bytes bytes(JsonNode node) {
        try {
            return Bytes.copyOf(MAPPER.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
