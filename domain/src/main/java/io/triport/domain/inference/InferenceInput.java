package io.triport.domain.inference;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.table.JsonText;
import java.util.List;

/** What a model is given. No text form shows any of it. */
public sealed interface InferenceInput {
    Task task();

    /** Of all that goes in. */
    long bytes();

    /** How many texts or documents: 1 where it is none of several. */
    default int batch() {
        return 1;
    }

    /**
     * A conversation to go on with.
     *
     * @param messages one at least
     * @param maxTokens 1 or more; the model's own bound holds as well
     * @param tools a JSON array of definitions, passed to the model as it is, or nothing
     */
    record TextGeneration(List<ChatMessage> messages, int maxTokens, Temperature temperature, JsonText tools)
            implements InferenceInput {
        /** The model's own bound alone. */
        public static final int UNBOUNDED = Integer.MAX_VALUE;

        /** @throws InvalidInput outside of the bounds */
        public TextGeneration {
            messages = List.copyOf(messages);
            if (messages.isEmpty()) {
                throw new InvalidInput("messages", "one at least");
            }
            if (maxTokens < 1) {
                throw new InvalidInput("max_tokens", "1 or more");
            }
        }

        public static TextGeneration of(List<ChatMessage> messages) {
            return new TextGeneration(messages, UNBOUNDED, new Temperature.Usual(), JsonText.NONE);
        }

        /** A conversation that begins with what a user says. */
        public static TextGeneration ofPrompt(String prompt) {
            return of(List.of(ChatMessage.user(prompt)));
        }

        public TextGeneration withMaxTokens(int most) {
            return new TextGeneration(messages, most, temperature, tools);
        }

        public TextGeneration with(Temperature degree) {
            return new TextGeneration(messages, maxTokens, degree, tools);
        }

        public TextGeneration withTools(JsonText definitions) {
            return new TextGeneration(messages, maxTokens, temperature, definitions);
        }

        @Override
        public Task task() {
            return Task.TEXT_GENERATION;
        }

        @Override
        public long bytes() {
            return messages.stream().mapToLong(ChatMessage::bytes).sum()
                    + Bytes.utf8(tools.text()).size();
        }

        @Override
        public String toString() {
            return "TextGeneration[" + messages.size() + " messages]";
        }
    }

    /** Texts of which vectors are wanted, one at least. */
    record TextEmbeddings(List<String> texts) implements InferenceInput {
        /** @throws InvalidInput for none, and for lone surrogates */
        public TextEmbeddings {
            texts = List.copyOf(texts);
            if (texts.isEmpty()) {
                throw new InvalidInput("text", "one at least");
            }
            sum(texts);
        }

        @Override
        public Task task() {
            return Task.TEXT_EMBEDDINGS;
        }

        @Override
        public long bytes() {
            return sum(texts);
        }

        @Override
        public int batch() {
            return texts.size();
        }

        @Override
        public String toString() {
            return "TextEmbeddings[" + texts.size() + " texts]";
        }
    }

    /** Documents, one at least, to be put in the order in which they answer a query. @param top how many are wanted, 1 or more */
    record Rerank(String query, List<String> documents, int top) implements InferenceInput {
        /** @throws InvalidInput outside of the bounds, and for lone surrogates */
        public Rerank {
            documents = List.copyOf(documents);
            if (documents.isEmpty()) {
                throw new InvalidInput("contexts", "one at least");
            }
            if (top < 1) {
                throw new InvalidInput("top_k", "1 or more");
            }
            sum(documents);
            sum(List.of(query));
        }

        @Override
        public Task task() {
            return Task.RERANK;
        }

        /** The query goes with each of the documents. */
        @Override
        public long bytes() {
            return sum(documents) + (long) documents.size() * Bytes.utf8(query).size();
        }

        @Override
        public int batch() {
            return documents.size();
        }

        @Override
        public String toString() {
            return "Rerank[" + documents.size() + " documents]";
        }
    }

    /** A text to be labelled. */
    record Classification(String text) implements InferenceInput {
        /** @throws InvalidInput for lone surrogates */
        public Classification {
            sum(List.of(text));
        }

        @Override
        public Task task() {
            return Task.CLASSIFICATION;
        }

        @Override
        public long bytes() {
            return sum(List.of(text));
        }

        @Override
        public String toString() {
            return "Classification[" + text.length() + " characters]";
        }
    }

    /** What goes through as it is. @param type its media type, such as {@code application/json} */
    record Passed(String type, Bytes body) implements InferenceInput {
        private static final String TOKEN = "[a-zA-Z0-9!#$&^_.+-]{1,64}";

        /** @throws InvalidInput for what is no media type without parameters */
        public Passed {
            if (!type.matches(TOKEN + "/" + TOKEN)) {
                throw new InvalidInput("content-type", "a media type without parameters");
            }
        }

        @Override
        public Task task() {
            return Task.OTHER;
        }

        @Override
        public long bytes() {
            return body.size();
        }
    }

    private static long sum(List<String> texts) {
        return texts.stream().mapToLong(text -> Bytes.utf8(text).size()).sum();
    }
}
