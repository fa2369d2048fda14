package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.ModelName;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is asked in the words of responses. Nothing is kept here, so each question brings all that was said before. */
record ResponseQuestion(ModelName model, TextGeneration input, boolean streamed) {
    private static final Set<String> KNOWN = Set.of(
            "model",
            "input",
            "instructions",
            "max_output_tokens",
            "temperature",
            "tools",
            "tool_choice",
            "stream",
            "store",
            "user",
            "metadata",
            "safety_identifier",
            "prompt_cache_key");

    static ResponseQuestion of(JsonNode json) {
        var asked = Asked.of(json, KNOWN);
        asked.requireUsual("tool_choice", "\"auto\"");
        asked.requireUsual("store", "false");
        var fields = asked.fields();
        var messages = new ArrayList<ChatMessage>();
        fields.text("instructions").ifPresent(text -> messages.add(ChatMessage.of(ChatMessage.Role.SYSTEM, text)));
        var input = fields.any("input").orElseThrow(() -> Fields.invalid("input", "a text, or a list of items"));
        messages.addAll(input.isTextual() ? List.of(ChatMessage.user(input.textValue())) : items(input));
        var tools = asked.tools();
        var streamed = fields.flag("stream");
        if (streamed && !tools.isNone()) {
            throw Problem.INVALID_ARGUMENT.refused("tools are not supported beside stream here");
        }
        return new ResponseQuestion(
                AskedModels.name(fields.required("model")),
                TextGeneration.of(messages)
                        .withMaxTokens(asked.maxTokens("max_output_tokens"))
                        .with(asked.temperature())
                        .withTools(tools),
                streamed);
    }

    private static List<ChatMessage> items(JsonNode input) {
        if (!input.isArray()) {
            throw Fields.invalid("input", "a text, or a list of items");
        }
        var messages = new ArrayList<ChatMessage>(input.size());
        input.forEach(item -> messages.add(item(new Fields(item))));
        return messages;
    }

    private static ChatMessage item(Fields item) {
        return switch (item.text("type").orElse("message")) {
            case "message" -> ChatMessage.of(Conversation.role(item.required("role")), Conversation.text(item));
            case "function_call" ->
                new ChatMessage(
                        ChatMessage.Role.ASSISTANT,
                        "",
                        Asked.passed("input", Json.array().add(item.object())),
                        "");
            case "function_call_output" -> ChatMessage.answer(item.required("call_id"), item.required("output"));
            default -> throw Fields.invalid("input", "messages, function calls and their outputs");
        };
    }
}
