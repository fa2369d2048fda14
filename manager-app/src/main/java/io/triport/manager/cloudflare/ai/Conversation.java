package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.inference.ChatMessage;
import io.triport.manager.answer.Fields;
import java.util.ArrayList;
import java.util.List;

/** Messages as chats have them. */
final class Conversation {
    private Conversation() {}

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static List<ChatMessage> of(JsonNode messages) {
        if (!messages.isArray()) {
            throw Fields.invalid("messages", "a list");
        }
        var read = new ArrayList<ChatMessage>(messages.size());
        messages.forEach(message -> read.add(message(new Fields(message))));
        return read;
    }

    private static ChatMessage message(Fields message) {
        return new ChatMessage(
                role(message.required("role")),
                text(message),
                Asked.passed("tool_calls", message.object().get("tool_calls")),
                message.text("tool_call_id").orElse(""));
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static ChatMessage.Role role(String name) {
        return switch (name) {
            case "system", "developer" -> ChatMessage.Role.SYSTEM;
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            case "tool" -> ChatMessage.Role.TOOL;
            default -> throw Fields.invalid("role", "system, developer, user, assistant or tool");
        };
    }

    /** The member {@code content}: a text, or parts that are texts, one behind the other; empty where there is none. */
    static String text(Fields message) {
        var content = message.any("content");
        if (content.isEmpty() || content.get().isTextual()) {
            return content.map(JsonNode::textValue).orElse("");
        }
        if (!content.get().isArray()) {
            throw Fields.invalid("content", "a text, or a list of parts");
        }
        var text = new StringBuilder();
        content.get().forEach(part -> text.append(part(new Fields(part))));
        return text.toString();
    }

    private static String part(Fields part) {
        return switch (part.required("type")) {
            case "text", "input_text", "output_text" -> part.required("text");
            default -> throw Fields.invalid("content", "text: no other kind of part is supported here");
        };
    }
}
