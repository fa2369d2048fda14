package io.triport.manager.cloudflare.ai;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.Task;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.cloudflare.Page;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Models by Cloudflare's API. A call is not repeatable by its name: a second one asks the model anew and is charged anew. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class AiApi implements Routes {
    /** The path of all that is about models. */
    static final String ALL = Envelope.BASE + "accounts/{account}/ai";

    static final String EVENTS = "text/event-stream";

    private static final int USUAL = 50;
    private static final int MOST = 1_000;

    private final Account account;
    private final AskedModels models;

    AiApi(Account account, AskedModels models) {
        this.account = account;
        this.models = models;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(ALL + "/run/{model...}", this::run), Route.get(ALL + "/models/search", this::search));
    }

    private StreamReply run(Call call) {
        account.require(call.variable("account"));
        var model = AskedModels.name(call.variable("model"));
        var question = AiQuestion.of(models.task(call.grant(), model), call);
        if (question.streamed()) {
            return StreamReply.of(200)
                    .with("Content-Type", EVENTS)
                    .with("Cache-Control", "no-store")
                    .with(models.stream(call.grant(), model, question.input()));
        }
        return AiAnswer.of(models.run(call.grant(), model, question.input()));
    }

    private StreamReply search(Call call) {
        account.require(call.variable("account"));
        var query = call.query();
        var page = query.number("page", 1, 1_000_000, 1);
        var perPage = query.number("per_page", 1, MOST, USUAL);
        var filter = new ModelFilter(
                query.text("task").map(AiApi::tasks).orElse(ModelFilter.ALL.tasks()),
                query.text("search").orElse(""));
        var author = query.text("author").map(name -> "/" + name + "/").orElse("");
        var found = models.models(call.grant(), filter).stream()
                .filter(model -> model.name().text().contains(author))
                .toList();
        var shown = Json.array();
        found.stream().skip((page - 1L) * perPage).limit(perPage).forEach(model -> shown.add(AiAnswer.of(model)));
        return Envelope.ok(shown, Page.info(page, perPage, shown.size(), found.size()));
    }

    private static Set<Task> tasks(String text) {
        var tasks = Arrays.stream(Task.values())
                .filter(task ->
                        AiAnswer.word(task).equals(text) || AiAnswer.name(task).equalsIgnoreCase(text))
                .collect(Collectors.toUnmodifiableSet());
        if (tasks.isEmpty()) {
            throw Fields.invalid(
                    "task", Arrays.stream(Task.values()).map(AiAnswer::word).collect(Collectors.joining(" or ")));
        }
        return tasks;
    }
}
