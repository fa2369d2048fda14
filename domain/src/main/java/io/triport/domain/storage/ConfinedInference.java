package io.triport.domain.storage;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.inference.Inference;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.ModelName;
import io.triport.domain.request.Content;
import java.util.List;

/**
 * Models as far as a grant reaches: a permission names models as it names containers, and prefixes say nothing of them. What may not
 * be asked is not listed, and whether it is there is not told.
 */
final class ConfinedInference implements Inference {
    private final Inference inference;
    private final GrantGuard guard;

    ConfinedInference(Inference inference, GrantGuard guard) {
        this.inference = inference;
        this.guard = guard;
    }

    @Override
    public InferenceResult run(ModelName model, InferenceInput input) {
        guard.require(Action.AI_RUN, resource(model));
        return inference.run(model, input);
    }

    @Override
    public Content stream(ModelName model, InferenceInput input) {
        guard.require(Action.AI_RUN, resource(model));
        return inference.stream(model, input);
    }

    @Override
    public List<ModelInfo> models(ModelFilter filter) {
        guard.requireLive();
        return inference.models(filter).stream()
                .filter(model -> guard.permits(Action.AI_RUN, resource(model.name())))
                .toList();
    }

    private static ResourceName resource(ModelName model) {
        return ResourceName.container(model.text());
    }
}
