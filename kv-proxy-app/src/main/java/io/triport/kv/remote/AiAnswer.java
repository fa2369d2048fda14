package io.triport.kv.remote;

import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.Usage;
import io.triport.domain.inference.Vectors;
import io.triport.domain.request.Bytes;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonWriter;
import java.util.List;

/** What models answered, as JSON. */
final class AiAnswer {
    private AiAnswer() {}

    static Bytes of(InferenceOutput output, Usage usage) {
        var json = new JsonWriter().beginObject();
        switch (output) {
            case InferenceOutput.Generated(var text, var calls, var reason) -> {
                json.name("response").text(text);
                if (!calls.isNone()) {
                    json.name("tool_calls").json(Bytes.utf8(calls.text()));
                }
                json.name("finish_reason").text(reason);
            }
            case InferenceOutput.Embedded(var vectors) -> vectors(json, vectors);
            case InferenceOutput.Ranked(var ranks) -> {
                json.name("response").beginArray();
                ranks.forEach(rank -> {
                    json.beginObject().name("id").number(rank.index()).name("score");
                    number(json, rank.score()).endObject();
                });
                json.endArray();
            }
            case InferenceOutput.Classified(var labels) -> {
                json.name("response").beginArray();
                labels.forEach(label -> {
                    json.beginObject().name("label").text(label.name()).name("score");
                    number(json, label.score()).endObject();
                });
                json.endArray();
            }
            case InferenceOutput.Passed passed ->
                throw new IllegalArgumentException("output: passed (expected: what has a form of ours)");
        }
        json.name("usage").beginObject();
        json.name("prompt_tokens").number(usage.input());
        json.name("completion_tokens").number(usage.output());
        json.name("total_tokens").number(usage.total());
        return json.endObject().endObject().bytes();
    }

    static Bytes of(List<ModelInfo> models) {
        var json = new JsonWriter().beginObject().name("models").beginArray();
        for (var model : models) {
            json.beginObject().name("name").text(model.name().text());
            json.name("task").text(AiQuestion.word(model.task()));
            json.name("max_input").number(model.limits().input().bytes());
            json.name("batch").number(model.limits().batch());
            json.name("max_tokens").number(model.limits().outputTokens());
            json.name("price").beginObject();
            json.name("input").value(new Json.Numeral(model.price().input().toPlainString()));
            json.name("output").value(new Json.Numeral(model.price().output().toPlainString()));
            json.name("unit").text(model.price().unit()).endObject().endObject();
        }
        return json.endArray().endObject().bytes();
    }

    private static void vectors(JsonWriter json, Vectors vectors) {
        json.name("shape")
                .beginArray()
                .number(vectors.rows())
                .number(vectors.dimensions())
                .endArray();
        json.name("data").beginArray();
        for (var row = 0; row < vectors.rows(); row++) {
            json.beginArray();
            for (var at = 0; at < vectors.dimensions(); at++) {
                // As short as the number is one of 32 bits.
                json.value(new Json.Numeral(Float.toString(vectors.at(row, at))));
            }
            json.endArray();
        }
        json.endArray();
    }

    private static JsonWriter number(JsonWriter json, double number) {
        return json.value(new Json.Numeral(Double.toString(number)));
    }
}
