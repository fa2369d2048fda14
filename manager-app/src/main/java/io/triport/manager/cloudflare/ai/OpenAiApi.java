package io.triport.manager.cloudflare.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.inference.InferenceInput.TextGeneration;
import io.triport.domain.inference.ModelName;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Replies;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import io.triport.manager.transfer.PulledContent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Models by OpenAI's API, as its SDK speaks it. Not repeatable by name, as {@link AiApi}. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class OpenAiApi implements Routes {
    private static final String ALL = AiApi.ALL + "/v1";

    private final Account account;
    private final AskedModels models;
    private final Clock clock;

    OpenAiApi(Account account, AskedModels models, Clock clock) {
        this.account = account;
        this.models = models;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(ALL + "/chat/completions", this::chat),
                Route.post(ALL + "/embeddings", this::embeddings),
                Route.post(ALL + "/responses", this::responses));
    }

    private StreamReply chat(Call call) {
        var question = ChatWords.question(json(call));
        var words = new ChatWords("chatcmpl-" + call.grant().request().text(), question.model(), clock.instant());
        return question.streamed()
                ? streamed(call, question.model(), question.input(), words.telling(question.lastCount()))
                : Replies.json(200, words.answer(models.run(call.grant(), question.model(), question.input())));
    }

    private StreamReply embeddings(Call call) {
        var words = EmbeddingWords.of(json(call));
        return Replies.json(200, words.answer(models.run(call.grant(), words.model(), words.input())));
    }

    private StreamReply responses(Call call) {
        var question = ResponseQuestion.of(json(call));
        var words = new ResponseWords(call.grant().request().text(), question.model(), clock.instant());
        return question.streamed()
                ? streamed(call, question.model(), question.input(), words.telling())
                : Replies.json(200, words.answer(models.run(call.grant(), question.model(), question.input())));
    }

    private JsonNode json(Call call) {
        account.require(call.variable("account"));
        return call.json(AiQuestion.LONGEST);
    }

    private StreamReply streamed(Call call, ModelName model, TextGeneration input, Telling telling) {
        var answer = models.stream(call.grant(), model, input);
        return StreamReply.of(200)
                .with("Content-Type", AiApi.EVENTS)
                .with("Cache-Control", "no-store")
                .with(new PulledContent(new ToldEvents(answer, telling)));
    }
}
