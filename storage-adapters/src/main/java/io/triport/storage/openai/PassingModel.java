package io.triport.storage.openai;

import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.Model;
import io.triport.domain.inference.ModelStream;
import io.triport.domain.inference.TokenEstimate;
import io.triport.domain.inference.Usage;

/** A model whose task is none of ours: a body goes there as it is, and another comes back. Nobody counts tokens, so they are estimated. */
final class PassingModel implements Model {
    private final Server server;

    PassingModel(Server server) {
        this.server = server;
    }

    @Override
    public InferenceResult run(InferenceInput input) {
        if (!(input instanceof InferenceInput.Passed passed)) {
            throw TextModel.other(input);
        }
        var answer = server.ask(passed.type(), passed.body());
        return new InferenceResult(
                new InferenceOutput.Passed(answer.type(), answer.body()), new Usage(TokenEstimate.of(input), 0));
    }

    @Override
    public ModelStream stream(InferenceInput.TextGeneration input) {
        throw TextModel.other(input);
    }

    @Override
    public String adapter() {
        return OpenAi.ADAPTER;
    }
}
