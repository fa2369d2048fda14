package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.inference.ChatMessage;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.Task;
import io.triport.domain.request.ByteSize;
import io.triport.manager.answer.Fields;
import io.triport.manager.route.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What goes into a model in the words of the Workers platform (storage contract, section 9.1).
 *
 * @param streamed whether the answer is wanted piece by piece
 */
record AiQuestion(InferenceInput input, boolean streamed) {
    /** More than any model takes, in the longest form that JSON has for it. */
    static final ByteSize LONGEST = ByteSize.ofMiB(40);

    private static final String JSON = "application/json";
    private static final Set<String> GENERATION =
            Set.of("messages", "prompt", "max_tokens", "temperature", "tools", "stream");

    /** Of a call whose body is the question. */
    static AiQuestion of(Task task, Call call) {
        return switch (task) {
            case TEXT_GENERATION -> generation(Asked.of(call.json(LONGEST), GENERATION));
            case TEXT_EMBEDDINGS ->
                whole(new InferenceInput.TextEmbeddings(
                        Asked.of(call.json(LONGEST), Set.of("text")).texts("text")));
            case RERANK -> whole(rerank(Asked.of(call.json(LONGEST), Set.of("query", "contexts", "top_k"))));
            case CLASSIFICATION ->
                whole(new InferenceInput.Classification(
                        Asked.of(call.json(LONGEST), Set.of("text")).fields().required("text")));
            case OTHER -> whole(new InferenceInput.Passed(type(call), call.body(LONGEST)));
        };
    }

    private static AiQuestion whole(InferenceInput input) {
        return new AiQuestion(input, false);
    }

    private static AiQuestion generation(Asked asked) {
        var input = TextGeneration.of(messages(asked.fields()))
                .withMaxTokens(asked.maxTokens("max_tokens"))
                .with(asked.temperature())
                .withTools(asked.tools());
        return new AiQuestion(input, asked.fields().flag("stream"));
    }

    private static List<ChatMessage> messages(Fields fields) {
        var prompt = fields.text("prompt");
        var messages = fields.any("messages");
        if (prompt.isPresent() == messages.isPresent()) {
            throw Fields.invalid("messages", "there, or prompt in its place");
        }
        return prompt.map(text -> List.of(ChatMessage.user(text)))
                .orElseGet(() -> Conversation.of(messages.orElseThrow()));
    }

    private static InferenceInput rerank(Asked asked) {
        var contexts = asked.fields()
                .any("contexts")
                .filter(JsonNode::isArray)
                .orElseThrow(() -> Fields.invalid("contexts", "a list"));
        var documents = new ArrayList<String>(contexts.size());
        contexts.forEach(context -> documents.add(new Fields(context).required("text")));
        var most = Math.max(1, documents.size());
        return new InferenceInput.Rerank(
                asked.fields().required("query"), documents, Math.min(most, asked.maxTokens("top_k")));
    }

    private static String type(Call call) {
        var sent = String.join(",", call.fetch().headers().all("content-type"));
        return sent.isEmpty() ? JSON : sent.replaceFirst(";.*", "").strip();
    }
}
