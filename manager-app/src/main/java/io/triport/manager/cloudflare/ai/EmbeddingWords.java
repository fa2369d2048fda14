package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Vectors;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Set;

/**
 * The words of embeddings (OpenAI's API reference, "Embeddings").
 *
 * @param base64 whether the numbers of a vector are wanted as base64 of single precision, the low byte first: the SDK's own way
 */
record EmbeddingWords(ModelName model, InferenceInput input, boolean base64) {
    private static final Set<String> KNOWN = Set.of("model", "input", "encoding_format", "user");

    static EmbeddingWords of(JsonNode json) {
        var asked = Asked.of(json, KNOWN);
        var base64 = switch (asked.fields().text("encoding_format").orElse("float")) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw Fields.invalid("encoding_format", "float or base64");
        };
        return new EmbeddingWords(
                AskedModels.name(asked.fields().required("model")),
                new InferenceInput.TextEmbeddings(asked.texts("input")),
                base64);
    }

    ObjectNode answer(InferenceResult result) {
        if (!(result.output() instanceof InferenceOutput.Embedded(var vectors))) {
            throw new IllegalStateException("output: " + result.output() + " (expected: vectors)");
        }
        var json = Json.object().put("object", "list").put("model", model.text());
        var data = json.putArray("data");
        for (var row = 0; row < vectors.rows(); row++) {
            var one = data.addObject().put("object", "embedding").put("index", row);
            if (base64) {
                one.put("embedding", packed(vectors, row));
            } else {
                AiAnswer.numbers(one.putArray("embedding"), vectors, row);
            }
        }
        json.putObject("usage")
                .put("prompt_tokens", result.usage().input())
                .put("total_tokens", result.usage().total());
        return json;
    }

    private static String packed(Vectors vectors, int row) {
        var bytes = ByteBuffer.allocate(vectors.dimensions() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (var at = 0; at < vectors.dimensions(); at++) {
            bytes.putFloat(vectors.at(row, at));
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
