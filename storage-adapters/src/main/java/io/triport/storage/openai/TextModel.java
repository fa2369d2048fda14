package io.triport.storage.openai;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelStream;

/** A model that writes. */
final class TextModel implements Model {
    private final Server server;
    private final Dialect dialect;

    TextModel(Server server, Dialect dialect) {
        this.server = server;
        this.dialect = dialect;
    }

    @Override
    public InferenceResult run(InferenceInput input) {
        if (!(input instanceof InferenceInput.TextGeneration text)) {
            throw other(input);
        }
        return dialect.whole(server.ask(dialect.question(server.model(), text)), text);
    }

    @Override
    public ModelStream stream(InferenceInput.TextGeneration input) {
        return new TextStream(
                new EventReader(server.stream(dialect.streamedQuestion(server.model(), input))), dialect.pieces(input));
    }

    @Override
    public String adapter() {
        return OpenAi.ADAPTER;
    }

    static StorageFailure other(InferenceInput input) {
        return new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "openai: " + input.task() + " here");
    }
}
