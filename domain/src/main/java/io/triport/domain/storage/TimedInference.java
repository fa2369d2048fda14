package io.triport.domain.storage;

import io.triport.domain.inference.Inference;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.ModelName;
import io.triport.domain.request.Content;
import java.util.List;
import java.util.function.Function;

/**
 * Models whose calls are told to the log, which hears of numbers and of nothing that goes in or comes out. How long a model may keep
 * its caller waiting is the catalogue's to say: longer than a store may.
 */
final class TimedInference implements Inference {
    private final Inference inference;
    private final Function<ModelName, CallTimer> models;
    private final CallTimer all;

    /** @param models for calls of one model @param all for calls of none */
    TimedInference(Inference inference, Function<ModelName, CallTimer> models, CallTimer all) {
        this.inference = inference;
        this.models = models;
        this.all = all;
    }

    @Override
    public InferenceResult run(ModelName model, InferenceInput input) {
        return models.apply(model)
                .changePatiently(
                        "run",
                        () -> inference.run(model, input),
                        result -> told("tokens", result.usage().total(), input));
    }

    /** Told when it begins; its bytes move as its reader likes. */
    @Override
    public Content stream(ModelName model, InferenceInput input) {
        var timer = models.apply(model);
        return timer.opened(timer.changePatiently(
                "stream", () -> inference.stream(model, input), answer -> told("batch", input.batch(), input)));
    }

    @Override
    public List<ModelInfo> models(ModelFilter filter) {
        return all.read(
                "models",
                () -> inference.models(filter),
                found -> new StorageCall.Done("found", Integer.toString(found.size())));
    }

    private static StorageCall.Done told(String name, long value, InferenceInput input) {
        return new StorageCall.Done(name, Long.toString(value)).bringing(input.bytes());
    }
}
