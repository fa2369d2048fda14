package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelName;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of chat completions (OpenAI's API reference, "Chat").
 *
 * @param id of the answer
 */
record ChatWords(String id, ModelName model, Instant created) {
    /** Those without an effect on the answer are for whoever runs OpenAI's servers. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "tools",
            "stream",
            "stream_options",
            "n",
            "tool_choice",
            "store",
            "user",
            "metadata",
            "safety_identifier",
            "prompt_cache_key");

    /** @param lastCount whether the count of tokens is to come as a piece of its own */
    record Question(ModelName model, TextGeneration input, boolean streamed, boolean lastCount) {}

    static Question question(JsonNode json) {
        var asked = Asked.of(json, KNOWN);
        asked.requireUsual("n", "1");
        asked.requireUsual("tool_choice", "\"auto\"");
        asked.requireUsual("store", "false");
        var fields = asked.fields();
        var model = AskedModels.name(fields.required("model"));
        var messages = fields.any("messages").orElseThrow(() -> Fields.invalid("messages", "a list"));
        var input = TextGeneration.of(Conversation.of(messages))
                .withMaxTokens(asked.maxTokens("max_completion_tokens", "max_tokens"))
                .with(asked.temperature())
                .withTools(asked.tools());
        var options = fields.any("stream_options");
        var count = options.isPresent() && new Fields(options.get()).flag("include_usage");
        return new Question(model, input, fields.flag("stream"), count);
    }

    ObjectNode answer(InferenceResult result) {
        if (!(result.output() instanceof InferenceOutput.Generated(var text, var calls, var reason))) {
            throw new IllegalStateException("output: " + result.output() + " (expected: text)");
        }
        var json = named("chat.completion");
        var choice = json.putArray("choices").addObject().put("index", 0);
        var message = choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal");
        if (!calls.isNone()) {
            message.set("tool_calls", Json.parse(calls.text()));
        }
        choice.put("finish_reason", reason);
        return json.set("usage", AiAnswer.usage(result.usage()));
    }

    private ObjectNode named(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created.getEpochSecond())
                .put("model", model.text());
    }

    /** @param lastCount as in {@link Question} */
    Telling telling(boolean lastCount) {
        return new Telling() {
            @Override
            public String begun() {
                return event(Json.object().put("role", "assistant").put("content", ""), null, null);
            }

            @Override
            public String said(String text) {
                return event(Json.object().put("content", text), null, null);
            }

            @Override
            public String called(JsonNode calls) {
                return event(Json.object().set("tool_calls", calls), null, null);
            }

            @Override
            public String ended(String reason, JsonNode usage) {
                return lastCount
                        ? event(Json.object(), reason, null) + count(usage)
                        : event(Json.object(), reason, usage);
            }
        };
    }

    private String event(ObjectNode delta, @Nullable String reason, @Nullable JsonNode usage) {
        var json = named("chat.completion.chunk");
        var choice = json.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", reason);
        if (usage != null) {
            json.set("usage", usage);
        }
        return "data: " + json + "\n\n";
    }

    private String count(JsonNode usage) {
        var json = named("chat.completion.chunk");
        json.putArray("choices");
        json.set("usage", usage);
        return "data: " + json + "\n\n";
    }
}
