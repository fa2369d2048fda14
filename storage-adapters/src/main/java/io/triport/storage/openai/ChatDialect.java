package io.triport.storage.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.StreamEvent;
import io.triport.domain.inference.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** OpenAI API, "Create chat completion". */
final class ChatDialect implements Dialect {
    @Override
    public ObjectNode question(String model, TextGeneration input) {
        var question = Json.object().put("model", model).put("max_tokens", input.maxTokens());
        question.set("messages", messages(input));
        if (input.temperature() instanceof Temperature.Of(double degree)) {
            question.put("temperature", degree);
        }
        if (!input.tools().isNone()) {
            question.set("tools", Json.array(input.tools()));
        }
        return question;
    }

    @Override
    public ObjectNode streamedQuestion(String model, TextGeneration input) {
        var question = question(model, input).put("stream", true);
        question.putObject("stream_options").put("include_usage", true);
        return question;
    }

    private static ArrayNode messages(TextGeneration input) {
        var messages = Json.array();
        for (var message : input.messages()) {
            var one = messages.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", message.text());
            if (!message.toolCalls().isNone()) {
                one.set("tool_calls", Json.array(message.toolCalls()));
            }
            if (message.role() == ChatMessage.Role.TOOL) {
                one.put("tool_call_id", message.toolCallId());
            }
        }
        return messages;
    }

    @Override
    public InferenceResult whole(JsonNode answer, TextGeneration input) {
        var choice = answer.path("choices").path(0);
        var message = choice.path("message");
        var text = message.path("content").asText("");
        return new InferenceResult(
                new InferenceOutput.Generated(
                        text,
                        Json.text(message.path("tool_calls")),
                        choice.path("finish_reason").asText("stop")),
                Counted.of(answer.path("usage"), "prompt_tokens", "completion_tokens")
                        .orElse(input, text));
    }

    @Override
    public Pieces pieces(TextGeneration input) {
        return new Chunks(input);
    }

    private static final class Chunks implements Pieces {
        private final TextGeneration input;
        private final StringBuilder said = new StringBuilder();
        private Counted counted = Counted.NOT;
        private String reason = "";

        private Chunks(TextGeneration input) {
            this.input = input;
        }

        @Override
        public List<StreamEvent> of(JsonNode chunk) {
            var events = new ArrayList<StreamEvent>();
            var choice = chunk.path("choices").path(0);
            var text = choice.path("delta").path("content").asText("");
            if (!text.isEmpty()) {
                said.append(text);
                events.add(new StreamEvent.Text(text));
            }
            var calls = Json.text(choice.path("delta").path("tool_calls"));
            if (!calls.isNone()) {
                events.add(new StreamEvent.ToolCalls(calls));
            }
            reason = choice.path("finish_reason").asText(reason);
            if (chunk.path("usage").isObject()) {
                counted = Counted.of(chunk.path("usage"), "prompt_tokens", "completion_tokens");
            }
            return events;
        }

        /** Usage comes behind the reason, so only the server's own end is one. */
        @Override
        public boolean over() {
            return false;
        }

        @Override
        public StreamEvent.@Nullable Ended end() {
            return reason.isEmpty() ? null : new StreamEvent.Ended(reason, counted.orElse(input, said.toString()));
        }
    }
}
