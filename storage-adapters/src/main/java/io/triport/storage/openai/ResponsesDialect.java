package io.triport.storage.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.StreamEvent;
import io.triport.domain.inference.Temperature;
import io.triport.domain.inference.Usage;
import io.triport.domain.table.JsonText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** OpenAI API, "Create a model response". Nothing is kept there. */
final class ResponsesDialect implements Dialect {
    private static final String CALL = "function_call";

    @Override
    public ObjectNode question(String model, TextGeneration input) {
        var question = Json.object()
                .put("model", model)
                .put("max_output_tokens", input.maxTokens())
                .put("store", false);
        question.set("input", items(input));
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
        return question(model, input).put("stream", true);
    }

    /** Calls are items of their own, beside what an assistant says. */
    private static ArrayNode items(TextGeneration input) {
        var items = Json.array();
        for (var message : input.messages()) {
            if (message.role() == ChatMessage.Role.TOOL) {
                items.addObject()
                        .put("type", "function_call_output")
                        .put("call_id", message.toolCallId())
                        .put("output", message.text());
                continue;
            }
            if (!message.text().isEmpty() || message.toolCalls().isNone()) {
                items.addObject()
                        .put("role", message.role().name().toLowerCase(Locale.ROOT))
                        .put("content", message.text());
            }
            if (!message.toolCalls().isNone()) {
                items.addAll(Json.array(message.toolCalls()));
            }
        }
        return items;
    }

    @Override
    public InferenceResult whole(JsonNode answer, TextGeneration input) {
        requireDone(answer);
        var text = new StringBuilder();
        var calls = Json.array();
        for (var item : answer.path("output")) {
            if (item.path("type").asText().equals(CALL)) {
                calls.add(item);
            }
            for (var part : item.path("content")) {
                text.append(part.path("text").asText(""));
            }
        }
        var said = text.toString();
        return new InferenceResult(
                new InferenceOutput.Generated(said, Json.text(calls), reason(answer)), usage(answer, input, said));
    }

    private static void requireDone(JsonNode answer) {
        if (answer.path("status").asText().equals("failed")) {
            throw failed();
        }
    }

    private static StorageFailure failed() {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "model server: the model failed");
    }

    /** In the words of chat completions. */
    private static String reason(JsonNode answer) {
        return answer.path("incomplete_details").path("reason").asText("").equals("max_output_tokens")
                ? "length"
                : answer.path("incomplete_details").path("reason").asText("stop");
    }

    private static Usage usage(JsonNode answer, TextGeneration input, String said) {
        return Counted.of(answer.path("usage"), "input_tokens", "output_tokens").orElse(input, said);
    }

    @Override
    public Pieces pieces(TextGeneration input) {
        return new Steps(input);
    }

    private static final class Steps implements Pieces {
        private final TextGeneration input;
        private final StringBuilder said = new StringBuilder();
        private StreamEvent.@Nullable Ended ended;

        private Steps(TextGeneration input) {
            this.input = input;
        }

        @Override
        public List<StreamEvent> of(JsonNode step) {
            return switch (step.path("type").asText()) {
                case "response.output_text.delta" -> {
                    var text = step.path("delta").asText("");
                    said.append(text);
                    yield List.of(new StreamEvent.Text(text));
                }
                case "response.output_item.done" -> calls(step.path("item"));
                case "response.completed", "response.incomplete" -> {
                    var response = step.path("response");
                    ended = new StreamEvent.Ended(reason(response), usage(response, input, said.toString()));
                    yield List.of();
                }
                case "response.failed", "error" -> throw failed();
                default -> List.of();
            };
        }

        private static List<StreamEvent> calls(JsonNode item) {
            return item.path("type").asText().equals(CALL)
                    ? List.of(new StreamEvent.ToolCalls(new JsonText("[" + item + "]")))
                    : List.of();
        }

        @Override
        public boolean over() {
            return ended != null;
        }

        @Override
        public StreamEvent.@Nullable Ended end() {
            return ended;
        }
    }
}
