package io.triport.storage.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What an operator has put down for a model, under the names that models are published with. */
record ModelDirectory(Path path) {
    private static final int USUAL_LENGTH = 512;
    private static final JsonMapper MAPPER = new JsonMapper();

    Path model() {
        return required("model.onnx");
    }

    /** Words and pieces of words, by the number of their line. */
    Map<String, Integer> vocabulary() {
        try {
            var numbers = new HashMap<String, Integer>();
            for (var word : Files.readAllLines(required("vocab.txt"))) {
                numbers.put(word.strip(), numbers.size());
            }
            return Map.copyOf(numbers);
        } catch (IOException e) {
            throw unreadable("vocab.txt");
        }
    }

    boolean lowerCase() {
        return json("tokenizer_config.json").path("do_lower_case").asBoolean(true);
    }

    /** Tokens of an input, at least those that stand around it and one more. Some are published with a number that means none. */
    int longest() {
        var longest = json("tokenizer_config.json").path("model_max_length").asDouble(USUAL_LENGTH);
        return (int) Math.max(5, Math.min(USUAL_LENGTH * 16, longest > 1e9 ? USUAL_LENGTH : longest));
    }

    /** Whether the first token's vector stands for all of them, or else their mean. */
    boolean firstTokenStandsForAll() {
        return json("1_Pooling/config.json").path("pooling_mode_cls_token").asBoolean(false);
    }

    private JsonNode json(String name) {
        var file = path.resolve(name);
        if (!Files.exists(file)) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            throw unreadable(name);
        }
    }

    private Path required(String name) {
        var file = path.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new StorageFailure.Rejected(
                    FailureCode.NOT_FOUND,
                    "onnx: no " + name + " in " + path + " (expected: model.onnx and vocab.txt)");
        }
        return file;
    }

    private StorageFailure unreadable(String name) {
        return new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "onnx: " + path.resolve(name) + " cannot be read");
    }
}
