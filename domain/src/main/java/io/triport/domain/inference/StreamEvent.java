package io.triport.domain.inference;

import io.triport.domain.table.JsonText;

/** A part of an answer that a model is making. */
public sealed interface StreamEvent {
    /** Text that goes behind what came before. */
    record Text(String text) implements StreamEvent {
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** A part of calls of tools. @param calls a JSON array, as the model wrote it */
    record ToolCalls(JsonText calls) implements StreamEvent {
        @Override
        public String toString() {
            return "ToolCalls[" + calls.text().length() + " characters]";
        }
    }

    /** Nothing comes any more. @param reason such as {@code stop} or {@code length}, as the model says it */
    record Ended(String reason, Usage usage) implements StreamEvent {}
}
