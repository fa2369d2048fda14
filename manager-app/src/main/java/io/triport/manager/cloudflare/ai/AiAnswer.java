package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.Usage;
import io.triport.domain.inference.Vectors;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.cloudflare.Envelope;
import java.util.Locale;

/** What models answered in the words of the Workers platform. */
final class AiAnswer {
    private AiAnswer() {}

    static StreamReply of(InferenceResult result) {
        return switch (result.output()) {
            case InferenceOutput.Generated(var text, var calls, var reason) -> {
                var json = Json.object().put("response", text);
                if (!calls.isNone()) {
                    json.set("tool_calls", Json.parse(calls.text()));
                }
                yield charged(json.put("finish_reason", reason), result);
            }
            case InferenceOutput.Embedded(var vectors) -> {
                var json = Json.object();
                json.putArray("shape").add(vectors.rows()).add(vectors.dimensions());
                var data = json.putArray("data");
                for (var row = 0; row < vectors.rows(); row++) {
                    numbers(data.addArray(), vectors, row);
                }
                yield charged(json, result);
            }
            case InferenceOutput.Ranked(var ranks) -> {
                var json = Json.object();
                var ranked = json.putArray("response");
                ranks.forEach(rank -> ranked.addObject().put("id", rank.index()).put("score", rank.score()));
                yield charged(json, result);
            }
            case InferenceOutput.Classified(var labels) -> {
                var json = Json.object();
                var classified = json.putArray("response");
                labels.forEach(label ->
                        classified.addObject().put("label", label.name()).put("score", label.score()));
                yield charged(json, result);
            }
            // What is JSON is a result like any other; the rest has no place in an envelope.
            case InferenceOutput.Passed(var type, var body) ->
                type.equals("application/json")
                        ? Envelope.ok(Json.parse(body))
                        : StreamReply.of(200, type, body).with("Cache-Control", "no-store");
        };
    }

    private static StreamReply charged(ObjectNode json, InferenceResult result) {
        return Envelope.ok(json.set("usage", usage(result.usage())));
    }

    static ObjectNode usage(Usage usage) {
        return Json.object()
                .put("prompt_tokens", usage.input())
                .put("completion_tokens", usage.output())
                .put("total_tokens", usage.total());
    }

    /** The numbers of one vector. */
    static ArrayNode numbers(ArrayNode into, Vectors vectors, int row) {
        for (var at = 0; at < vectors.dimensions(); at++) {
            into.add(vectors.at(row, at));
        }
        return into;
    }

    static ObjectNode of(ModelInfo model) {
        var json = Json.object()
                .put("id", model.name().text())
                .put("name", model.name().text())
                .put("description", "");
        json.putObject("task")
                .put("id", word(model.task()))
                .put("name", name(model.task()))
                .put("description", "");
        json.putArray("tags");
        var properties = json.putArray("properties");
        property(
                properties,
                "max_input_bytes",
                Long.toString(model.limits().input().bytes()));
        property(properties, "max_batch_size", Integer.toString(model.limits().batch()));
        property(
                properties, "max_output_tokens", Integer.toString(model.limits().outputTokens()));
        var price = properties.addObject().put("property_id", "price").putArray("value");
        price.addObject()
                .put("unit", "per M input tokens")
                .put("price", model.price().input())
                .put("currency", model.price().unit());
        price.addObject()
                .put("unit", "per M output tokens")
                .put("price", model.price().output())
                .put("currency", model.price().unit());
        return json;
    }

    private static void property(ArrayNode properties, String name, String value) {
        properties.addObject().put("property_id", name).put("value", value);
    }

    /** As the configuration has it. */
    static String word(Task task) {
        return task.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As the Workers platform has it. */
    static String name(Task task) {
        return switch (task) {
            case TEXT_GENERATION -> "Text Generation";
            case TEXT_EMBEDDINGS -> "Text Embeddings";
            case RERANK -> "Reranker";
            case CLASSIFICATION -> "Text Classification";
            case OTHER -> "Other";
        };
    }
}
