package io.triport.kv.remote;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.identity.Grant;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.ModelBinding;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Task;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.identity.edge.Answers;
import io.triport.identity.edge.Identity;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import io.triport.kv.wire.ThisApp;
import java.util.Map;
import java.util.stream.Collectors;

/** Models over HTTP: whole answers, and which models there are. */
@Controller("${triport.base-path}/zin/ai")
@Requires(property = ThisApp.PROPERTY, value = ThisApp.NAME, defaultValue = ThisApp.NAME)
@Requires(bean = RemotePorts.Models.class)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AiController {
    private final Storage storage;
    private final Map<ModelName, Task> tasks;

    AiController(Storage storage, ModelBindings bindings) {
        this.storage = storage;
        this.tasks = bindings.models().stream()
                .map(ModelBinding::info)
                .collect(Collectors.toUnmodifiableMap(info -> info.name(), info -> info.task()));
    }

    /** Not repeatable: a second call asks the model anew and is charged anew. */
    @Post("/run/{+model}")
    @Identity(mechanisms = "hmac", scopes = "ai.run")
    HttpResponse<byte[]> run(Grant grant, Fetch request, @PathVariable String model) {
        var name = name(model);
        // What the port does not know it refuses itself, behind whether the key reaches so far.
        var task = tasks.getOrDefault(name, Task.OTHER);
        var input = input(task, request);
        var result = RemoteRefused.wording(() -> storage.inference(grant).run(name, input));
        return switch (result.output()) {
            case InferenceOutput.Passed passed -> Answers.of(200, passed.type(), passed.body(), KvError.HEADERS);
            case InferenceOutput output ->
                Answers.of(200, KvError.JSON, AiAnswer.of(output, result.usage()), KvError.HEADERS);
        };
    }

    /** Those that the key may ask. */
    @Post("/models")
    @Identity(mechanisms = "hmac", scopes = "ai.run")
    HttpResponse<byte[]> models(Grant grant, Fetch request) {
        var body = RemoteBody.of(request.body().buffered());
        var filter = new ModelFilter(
                AiQuestion.tasks(body), body.optionalText("search").orElse(""));
        var found = RemoteRefused.wording(() -> storage.inference(grant).models(filter));
        return Answers.of(200, KvError.JSON, AiAnswer.of(found), KvError.HEADERS);
    }

    private static InferenceInput input(Task task, Fetch request) {
        try {
            return AiQuestion.of(task, request);
        } catch (InvalidInput e) {
            throw RemoteBody.wrong(e.field(), e.expectation());
        }
    }

    private static ModelName name(String text) {
        try {
            return new ModelName(text);
        } catch (InvalidInput e) {
            throw RemoteRefused.of(FailureCode.NOT_FOUND, "There is no such model");
        }
    }
}
