package io.triport.kv.remote;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.ModelBinding;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Task;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.handler.FetchReply;
import io.triport.identity.handler.FlowingReply;
import io.triport.identity.handler.OnFetch;
import io.triport.identity.handler.Reply;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Models over HTTP: answers whole or while they are made, and which models there are. */
final class ModelCalls {
    private final Map<ModelName, Task> tasks;

    private ModelCalls(ModelBindings bindings) {
        this.tasks = bindings.models().stream()
                .map(ModelBinding::info)
                .collect(Collectors.toUnmodifiableMap(info -> info.name(), info -> info.task()));
    }

    /** Not repeatable: a second call asks the model anew and is charged anew. */
    static List<OnFetch> all(ModelBindings bindings) {
        var calls = new ModelCalls(bindings);
        return List.of(
                RemoteCall.post("/zin/ai/run/{model...}", "ai.run", calls::run),
                RemoteCall.post("/zin/ai/models", "ai.run", ModelCalls::models));
    }

    private FetchReply run(RemoteCall call) {
        var name = name(call);
        // What the port does not know it refuses itself, behind whether the key reaches so far.
        var task = tasks.getOrDefault(name, Task.OTHER);
        var input = AiQuestion.of(task, call.request());
        var models = call.storage().inference(call.grant());
        if (AiQuestion.streamed(task, call.request())) {
            return new FlowingReply(200, "text/event-stream", models.stream(name, input), KvError.HEADERS);
        }
        var result = models.run(name, input);
        return switch (result.output()) {
            case InferenceOutput.Passed passed -> new Reply(200, passed.type(), passed.body(), KvError.HEADERS);
            case InferenceOutput output -> RemoteCall.json(AiAnswer.of(output, result.usage()));
        };
    }

    /** Those that the key may ask. */
    private static FetchReply models(RemoteCall call) {
        var body = call.body();
        var filter = new ModelFilter(
                AiQuestion.tasks(body), body.optionalText("search").orElse(""));
        return RemoteCall.json(
                AiAnswer.of(call.storage().inference(call.grant()).models(filter)));
    }

    private static ModelName name(RemoteCall call) {
        try {
            return new ModelName(call.variable("model"));
        } catch (InvalidInput e) {
            throw RemoteRefused.of(FailureCode.NOT_FOUND, "There is no such model");
        }
    }
}
