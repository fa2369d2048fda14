package io.triport.domain.inference;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Content;
import java.util.List;

/** The models of a catalogue as they are for one who pays. */
final class CataloguedInference implements Inference {
    private final ModelCatalogue catalogue;
    private final Spender spender;

    CataloguedInference(ModelCatalogue catalogue, Spender spender) {
        this.catalogue = catalogue;
        this.spender = spender;
    }

    @Override
    public InferenceResult run(ModelName model, InferenceInput input) {
        var entry = catalogue.require(model);
        entry.requireFitting(input);
        var charge = catalogue.means().budgets().charge(spender, entry.estimate(input));
        try {
            var result = catalogue.means().deadline().within(() -> entry.model().run(entry.bounded(input)));
            charge.settle(result.usage().total());
            record(entry, input, result.output());
            return result;
        } finally {
            // Of a call that has come to an end this changes nothing.
            charge.refund();
        }
    }

    @Override
    public Content stream(ModelName model, InferenceInput input) {
        var entry = catalogue.require(model);
        if (!(input instanceof InferenceInput.TextGeneration text)
                || entry.info().task() != Task.TEXT_GENERATION) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "stream: of " + entry.info().task() + " (expected: TEXT_GENERATION)");
        }
        entry.requireFitting(text);
        var means = catalogue.means();
        var charge = means.budgets().charge(spender, entry.estimate(text));
        try {
            var answer = means.deadline()
                    .within(() -> Answer.begin(entry.model().stream(entry.bounded(text)), TokenEstimate.of(text)));
            return new AnswerContent(answer.paidBy(charge, means.deadline(), said -> record(entry, text, said)));
        } catch (RuntimeException e) {
            charge.refund();
            throw e;
        }
    }

    @Override
    public List<ModelInfo> models(ModelFilter filter) {
        return catalogue.models(filter);
    }

    private void record(ModelEntry entry, InferenceInput input, InferenceOutput output) {
        switch (entry.recording()) {
            case NEVER -> {}
            case INPUT_AND_OUTPUT ->
                catalogue.means().records().record(entry.info().name(), spender, input, output);
        }
    }
}
