package io.triport.domain.inference;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.JsonText;

/**
 * One message of a conversation.
 *
 * @param text may be empty
 * @param toolCalls of an assistant, a JSON array as a model wrote it, or nothing
 * @param toolCallId which call a tool answers, else empty
 */
public record ChatMessage(Role role, String text, JsonText toolCalls, String toolCallId) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    /** @throws InvalidInput for calls of who is no assistant, and the answer of who is no tool; lone surrogates */
    public ChatMessage {
        if (!toolCalls.isNone() && role != Role.ASSISTANT) {
            throw new InvalidInput("tool_calls", "those of an assistant");
        }
        if (toolCallId.isEmpty() == (role == Role.TOOL)) {
            throw new InvalidInput("tool_call_id", "the call that a tool answers, and nobody else");
        }
        Bytes.utf8(text);
    }

    public static ChatMessage of(Role role, String text) {
        return new ChatMessage(role, text, JsonText.NONE, "");
    }

    public static ChatMessage user(String text) {
        return of(Role.USER, text);
    }

    /** What a tool says to a call. */
    public static ChatMessage answer(String toolCallId, String text) {
        return new ChatMessage(Role.TOOL, text, JsonText.NONE, toolCallId);
    }

    long bytes() {
        return (long) Bytes.utf8(text).size() + Bytes.utf8(toolCalls.text()).size();
    }

    @Override
    public String toString() {
        return "ChatMessage[" + role + ", " + text.length() + " characters]";
    }
}
