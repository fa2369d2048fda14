package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelName;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Json;
import java.time.Instant;

/**
 * The words of responses (OpenAI's API reference, "Responses").
 *
 * @param id of the answer, without what stands before it
 */
record ResponseWords(String id, ModelName model, Instant created) {
    private static final String CUT_OFF = "length";
    private static final String COMPLETED = "completed";

    ObjectNode answer(InferenceResult result) {
        if (!(result.output() instanceof InferenceOutput.Generated(var text, var calls, var reason))) {
            throw new IllegalStateException("output: " + result.output() + " (expected: text)");
        }
        var output = Json.array();
        if (!text.isEmpty() || calls.isNone()) {
            output.add(message(text, COMPLETED));
        }
        calls(output, calls);
        return response(reason, output, AiAnswer.usage(result.usage()));
    }

    private static void calls(ArrayNode output, JsonText calls) {
        if (!calls.isNone()) {
            Json.parse(calls.text()).forEach(call -> output.add(call(call)));
        }
    }

    /** A call as chats have it in the words of responses; one that has them already stays. */
    private static JsonNode call(JsonNode call) {
        if (!call.has("function")) {
            return call;
        }
        return Json.object()
                .put("type", "function_call")
                .put("id", call.path("id").asText())
                .put("call_id", call.path("id").asText())
                .put("name", call.path("function").path("name").asText())
                .put("arguments", call.path("function").path("arguments").asText())
                .put("status", COMPLETED);
    }

    private ObjectNode response(String reason, ArrayNode output, JsonNode usage) {
        var whole = !reason.equals(CUT_OFF);
        var json = named(whole ? COMPLETED : "incomplete", output);
        if (!whole) {
            json.set("incomplete_details", Json.object().put("reason", "max_output_tokens"));
        }
        json.putObject("usage")
                .put("input_tokens", usage.path("prompt_tokens").asLong())
                .put("output_tokens", usage.path("completion_tokens").asLong())
                .put("total_tokens", usage.path("total_tokens").asLong());
        return json;
    }

    private ObjectNode named(String status, ArrayNode output) {
        return Json.object()
                .put("id", "resp_" + id)
                .put("object", "response")
                .put("created_at", created.getEpochSecond())
                .put("status", status)
                .put("model", model.text())
                .putNull("error")
                .putNull("incomplete_details")
                .set("output", output);
    }

    private ObjectNode message(String text, String status) {
        var json = Json.object()
                .put("type", "message")
                .put("id", "msg_" + id)
                .put("status", status)
                .put("role", "assistant");
        json.putArray("content").add(part(text));
        return json;
    }

    private static ObjectNode part(String text) {
        var part = Json.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        return part;
    }

    /** Of text alone: parts of calls cannot be told one by one in these words. */
    Telling telling() {
        return new Told(this);
    }

    /** One message, told while it is made. */
    private static final class Told implements Telling {
        private final ResponseWords words;
        private final StringBuilder text = new StringBuilder();
        private int number;

        private Told(ResponseWords words) {
            this.words = words;
        }

        @Override
        public String begun() {
            var message = words.message("", "in_progress");
            message.set("content", Json.array());
            return event("response.created", Json.object().set("response", words.named("in_progress", Json.array())))
                    + event(
                            "response.output_item.added",
                            Json.object().put("output_index", 0).set("item", message))
                    + event("response.content_part.added", place().set("part", part("")));
        }

        @Override
        public String said(String piece) {
            text.append(piece);
            return event("response.output_text.delta", place().put("delta", piece));
        }

        @Override
        public String called(JsonNode calls) {
            throw new IllegalStateException("calls of tools (expected: none, where no tools were given)");
        }

        @Override
        public String ended(String reason, JsonNode usage) {
            var message = words.message(text.toString(), COMPLETED);
            var whole = words.response(reason, Json.array().add(message), usage);
            return event("response.output_text.done", place().put("text", text.toString()))
                    + event("response.content_part.done", place().set("part", part(text.toString())))
                    + event(
                            "response.output_item.done",
                            Json.object().put("output_index", 0).set("item", message))
                    + event(
                            "response." + whole.path("status").asText(),
                            Json.object().set("response", whole));
        }

        private ObjectNode place() {
            return Json.object()
                    .put("item_id", "msg_" + words.id)
                    .put("output_index", 0)
                    .put("content_index", 0);
        }

        private String event(String type, ObjectNode event) {
            event.put("type", type).put("sequence_number", number++);
            return "event: " + type + "\ndata: " + event + "\n\n";
        }
    }
}
