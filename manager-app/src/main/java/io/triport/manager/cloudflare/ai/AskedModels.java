package io.triport.manager.cloudflare.ai;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceResult;
import io.triport.domain.inference.ModelBinding;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Task;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Wording;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The models of this deployment for whoever asks them, with failures in words that clients know. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class AskedModels {
    private static final Wording WORDS = new Wording(Problem.MODEL_NOT_FOUND, Problem.INVALID_ARGUMENT);

    private final Storage storage;
    private final Map<ModelName, Task> tasks;

    /** @param bindings null where the configuration names no models */
    AskedModels(Storage storage, @Nullable ModelBindings bindings) {
        this.storage = storage;
        this.tasks = bindings == null
                ? Map.of()
                : bindings.models().stream()
                        .map(ModelBinding::info)
                        .collect(Collectors.toUnmodifiableMap(ModelInfo::name, ModelInfo::task));
    }

    /** @throws io.triport.manager.answer.Refused MODEL_NOT_FOUND for a name that no model can have */
    static ModelName name(String text) {
        try {
            return new ModelName(text);
        } catch (InvalidInput e) {
            throw Problem.MODEL_NOT_FOUND.refused();
        }
    }

    /**
     * What a model is for; {@link Task#OTHER} of one that is not there.
     *
     * @throws io.triport.manager.answer.Refused FORBIDDEN to who may not ask it, whether it is there or not
     */
    Task task(Grant grant, ModelName model) {
        if (!grant.permits(Action.AI_RUN, ResourceName.container(model.text()))) {
            throw Problem.FORBIDDEN.refused();
        }
        return tasks.getOrDefault(model, Task.OTHER);
    }

    InferenceResult run(Grant grant, ModelName model, InferenceInput input) {
        return WORDS.of(() -> storage.inference(grant).run(model, input));
    }

    Content stream(Grant grant, ModelName model, InferenceInput input) {
        return WORDS.of(() -> storage.inference(grant).stream(model, input));
    }

    List<ModelInfo> models(Grant grant, ModelFilter filter) {
        return WORDS.of(() -> storage.inference(grant).models(filter));
    }
}
