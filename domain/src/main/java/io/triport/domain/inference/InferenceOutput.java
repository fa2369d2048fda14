package io.triport.domain.inference;

import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import java.util.List;

/** What a model answered. No text form shows any of it. */
public sealed interface InferenceOutput {
    /**
     * Text.
     *
     * @param toolCalls a JSON array as the model wrote it, or nothing
     * @param finishReason such as {@code stop}, {@code length} or {@code tool_calls}, as the model says it
     */
    record Generated(String text, JsonText toolCalls, String finishReason) implements InferenceOutput {
        @Override
        public String toString() {
            return "Generated[" + text.length() + " characters]";
        }
    }

    /** A vector for each text, in their order. */
    record Embedded(Vectors vectors) implements InferenceOutput {}

    /** Documents by their place among those given, the most relevant first. */
    record Ranked(List<Rank> ranks) implements InferenceOutput {
        public Ranked {
            ranks = List.copyOf(ranks);
        }
    }

    /** @param index 0 for the first document @param score higher for more relevant, on the model's own scale */
    record Rank(int index, double score) {}

    /** Labels, the likeliest first. */
    record Classified(List<Label> labels) implements InferenceOutput {
        public Classified {
            labels = List.copyOf(labels);
        }

        @Override
        public String toString() {
            return "Classified[" + labels.size() + " labels]";
        }
    }

    /** @param score 0..1 */
    record Label(String name, double score) {}

    /** What came through as it is. */
    record Passed(String type, Bytes body) implements InferenceOutput {}
}
