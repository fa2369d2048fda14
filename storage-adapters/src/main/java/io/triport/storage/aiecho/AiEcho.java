package io.triport.storage.aiecho;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelStream;
import io.triport.domain.inference.StreamEvent;
import io.triport.domain.inference.TokenEstimate;
import io.triport.domain.inference.Usage;
import io.triport.domain.table.JsonText;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Says the last message again, a word for a token, and passes on what has no task. The same for the same input. */
public final class AiEcho implements Model {
    @Override
    public InferenceResult run(InferenceInput input) {
        return switch (input) {
            case InferenceInput.TextGeneration text -> {
                var said = words(text);
                yield new InferenceResult(
                        new InferenceOutput.Generated(String.join("", said), JsonText.NONE, reason(text, said)),
                        usage(text, said));
            }
            case InferenceInput.Passed passed ->
                new InferenceResult(
                        new InferenceOutput.Passed(passed.type(), passed.body()),
                        new Usage(TokenEstimate.of(passed), 0));
            case InferenceInput.TextEmbeddings texts -> throw unsupported(input);
            case InferenceInput.Rerank rerank -> throw unsupported(input);
            case InferenceInput.Classification text -> throw unsupported(input);
        };
    }

    @Override
    public ModelStream stream(InferenceInput.TextGeneration input) {
        var said = words(input);
        var events = new ArrayDeque<StreamEvent>();
        said.forEach(word -> events.add(new StreamEvent.Text(word)));
        events.add(new StreamEvent.Ended(reason(input, said), usage(input, said)));
        return new Told(events);
    }

    @Override
    public String adapter() {
        return "ai-echo";
    }

    /** Each with the blanks behind it, at most as many as are wanted. */
    private static List<String> words(InferenceInput.TextGeneration input) {
        var all = split(input.messages().getLast().text());
        return all.subList(0, Math.min(all.size(), input.maxTokens()));
    }

    private static String reason(InferenceInput.TextGeneration input, List<String> said) {
        return said.size() < split(input.messages().getLast().text()).size() ? "length" : "stop";
    }

    private static Usage usage(InferenceInput.TextGeneration input, List<String> said) {
        var heard = input.messages().stream()
                .map(ChatMessage::text)
                .mapToLong(text -> split(text).size())
                .sum();
        return new Usage(heard, said.size());
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split("(?<=\\s)(?=\\S)"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static StorageFailure unsupported(InferenceInput input) {
        return new StorageFailure.Rejected(
                FailureCode.UNSUPPORTED, "ai-echo: " + input.task() + " (expected: TEXT_GENERATION or OTHER)");
    }

    private record Told(Deque<StreamEvent> events) implements ModelStream {
        @Override
        public StreamEvent next() {
            return events.removeFirst();
        }

        @Override
        public void close() {
            // Memory only.
        }
    }
}
