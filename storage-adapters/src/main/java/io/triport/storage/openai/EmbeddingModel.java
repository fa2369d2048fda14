package io.triport.storage.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelStream;
import io.triport.domain.inference.Vectors;
import java.util.List;
import java.util.stream.StreamSupport;

/** A model that makes vectors (OpenAI API, "Create embeddings"). */
final class EmbeddingModel implements Model {
    private final Server server;

    EmbeddingModel(Server server) {
        this.server = server;
    }

    @Override
    public InferenceResult run(InferenceInput input) {
        if (!(input instanceof InferenceInput.TextEmbeddings texts)) {
            throw TextModel.other(input);
        }
        var question = Json.object().put("model", server.model()).put("encoding_format", "float");
        texts.texts().forEach(question.putArray("input")::add);
        var answer = server.ask(question);
        return new InferenceResult(
                new InferenceOutput.Embedded(
                        vectors(answer.path("data"), texts.texts().size())),
                Counted.of(answer.path("usage"), "prompt_tokens", "").orElse(input, ""));
    }

    @Override
    public ModelStream stream(InferenceInput.TextGeneration input) {
        throw TextModel.other(input);
    }

    @Override
    public String adapter() {
        return OpenAi.ADAPTER;
    }

    /** By their own places, in whichever order they come. */
    private static Vectors vectors(JsonNode data, int texts) {
        var rows = new float[texts][];
        for (var one : data) {
            var index = one.path("index").asInt(-1);
            if (index < 0 || index >= texts || rows[index] != null) {
                throw wrong();
            }
            rows[index] = numbers(one.path("embedding"));
        }
        if (data.size() != texts) {
            throw wrong();
        }
        try {
            return Vectors.of(List.of(rows));
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static float[] numbers(JsonNode embedding) {
        var values = StreamSupport.stream(embedding.spliterator(), false)
                .mapToDouble(number -> number.asDouble(Double.NaN))
                .toArray();
        var numbers = new float[values.length];
        for (var at = 0; at < values.length; at++) {
            numbers[at] = (float) values[at];
        }
        return numbers;
    }

    private static StorageFailure wrong() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "model server: no vector for each text");
    }
}
