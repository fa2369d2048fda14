package io.triport.kv.remote;

import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.Temperature;
import io.triport.domain.request.Fetch;
import io.triport.domain.table.JsonText;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What goes into a model, as it stands in JSON, in the words of the Workers platform (storage contract, section 9.1). */
final class AiQuestion {
    private static final String JSON = "application/json";

    private AiQuestion() {}

    static InferenceInput of(Task task, Fetch request) {
        var bytes = request.body().buffered();
        return switch (task) {
            case TEXT_GENERATION -> generation(RemoteBody.of(bytes));
            case TEXT_EMBEDDINGS -> new InferenceInput.TextEmbeddings(texts(RemoteBody.of(bytes)));
            case RERANK -> rerank(RemoteBody.of(bytes));
            case CLASSIFICATION ->
                new InferenceInput.Classification(RemoteBody.of(bytes).text("text"));
            case OTHER -> new InferenceInput.Passed(type(request), bytes);
        };
    }

    /** Whether the answer is wanted while it is made. What is not ours to read says nothing of it. */
    static boolean streamed(Task task, Fetch request) {
        return task != Task.OTHER
                && RemoteBody.of(request.body().buffered()).truth("stream").orElse(false);
    }

    /** The one that is wanted, or all. */
    static Set<Task> tasks(RemoteBody body) {
        var all = List.of(Task.values());
        var wanted = body.optionalText("task");
        var tasks = all.stream()
                .filter(task -> wanted.isEmpty() || word(task).equals(wanted.get()))
                .collect(Collectors.toUnmodifiableSet());
        if (tasks.isEmpty()) {
            throw RemoteBody.wrong("task", all.stream().map(AiQuestion::word).collect(Collectors.joining(" or ")));
        }
        return tasks;
    }

    /** As the configuration has it. */
    static String word(Task task) {
        return task.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static TextGeneration generation(RemoteBody body) {
        return TextGeneration.of(messages(body))
                .withMaxTokens(body.whole("max_tokens").map(AiQuestion::count).orElse(TextGeneration.UNBOUNDED))
                .with(temperature(body))
                .withTools(passed(body, "tools"));
    }

    private static List<ChatMessage> messages(RemoteBody body) {
        var prompt = body.optionalText("prompt");
        var messages = body.list("messages");
        if (prompt.isPresent() == !messages.isEmpty()) {
            throw RemoteBody.wrong("messages", "there, or prompt in its place");
        }
        return prompt.map(text -> List.of(ChatMessage.user(text)))
                .orElseGet(() -> messages.stream()
                        .map(message -> message(RemoteBody.of(message, "A message")))
                        .toList());
    }

    private static ChatMessage message(RemoteBody message) {
        var role = switch (message.text("role")) {
            case "system" -> ChatMessage.Role.SYSTEM;
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            case "tool" -> ChatMessage.Role.TOOL;
            default -> throw RemoteBody.wrong("role", "system, user, assistant or tool");
        };
        return new ChatMessage(
                role,
                message.optionalText("content").orElse(""),
                passed(message, "tool_calls"),
                message.optionalText("tool_call_id").orElse(""));
    }

    private static Temperature temperature(RemoteBody body) {
        return body.present("temperature")
                .<Temperature>map(json -> {
                    if (json instanceof Json.Numeral(var digits)) {
                        return new Temperature.Of(Double.parseDouble(digits));
                    }
                    throw RemoteBody.wrong("temperature", "a number");
                })
                .orElseGet(Temperature.Usual::new);
    }

    /** As it is. */
    private static JsonText passed(RemoteBody body, String name) {
        var items = body.list(name);
        return items.isEmpty()
                ? JsonText.NONE
                : new JsonText(
                        new JsonWriter().value(new Json.Array(items)).bytes().toUtf8());
    }

    private static List<String> texts(RemoteBody body) {
        return switch (body.present("text").orElse(null)) {
            case Json.Text(var text) -> List.of(text);
            case Json.Array(var items) -> items.stream().map(AiQuestion::text).toList();
            case null, default -> throw RemoteBody.wrong("text", "a text, or an array of texts");
        };
    }

    private static String text(Json json) {
        if (json instanceof Json.Text(var text)) {
            return text;
        }
        throw RemoteBody.wrong("text", "a text, or an array of texts");
    }

    private static InferenceInput rerank(RemoteBody body) {
        var documents = body.list("contexts").stream()
                .map(each -> RemoteBody.of(each, "A context").text("text"))
                .toList();
        var top = body.whole("top_k").map(AiQuestion::count).orElse(Math.max(1, documents.size()));
        return new InferenceInput.Rerank(body.text("query"), documents, top);
    }

    private static int count(long number) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    private static String type(Fetch request) {
        return Optional.of(String.join(",", request.headers().all("content-type")))
                .filter(text -> !text.isEmpty())
                .map(text -> text.replaceFirst(";.*", "").strip())
                .orElse(JSON);
    }
}
