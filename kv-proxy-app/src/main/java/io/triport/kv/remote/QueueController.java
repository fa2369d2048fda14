package io.triport.kv.remote;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.identity.Grant;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.QueueName;
import io.triport.domain.storage.Storage;
import io.triport.identity.edge.Answers;
import io.triport.identity.edge.Identity;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import io.triport.kv.wire.RepeatableCalls;
import io.triport.kv.wire.ThisApp;
import java.time.Duration;
import java.util.function.BiFunction;

/** Queues over HTTP: what a producer does, and what a consumer does that pulls. */
@Controller("${triport.base-path}/zin/queue")
@Requires(property = ThisApp.PROPERTY, value = ThisApp.NAME, defaultValue = ThisApp.NAME)
@Requires(bean = RemotePorts.Queues.class)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class QueueController {
    private final Storage storage;
    private final RepeatableCalls repeatable;

    QueueController(Storage storage, RepeatableCalls repeatable) {
        this.storage = storage;
        this.repeatable = repeatable;
    }

    @Post("/send")
    @Identity(mechanisms = "hmac", scopes = "queue.send")
    HttpResponse<byte[]> send(Grant grant, Fetch request) {
        return change(grant, request, (queue, body) -> QueueAnswer.sent(queue.send(QueueMessages.one(body))));
    }

    @Post("/send-batch")
    @Identity(mechanisms = "hmac", scopes = "queue.send")
    HttpResponse<byte[]> sendBatch(Grant grant, Fetch request) {
        return change(grant, request, (queue, body) -> QueueAnswer.sent(queue.sendAll(QueueMessages.several(body))));
    }

    /** Not repeatable: whoever did not hear the answer gets the messages again when their leases have ended. */
    @Post("/pull")
    @Identity(mechanisms = "hmac", scopes = "queue.pull")
    HttpResponse<byte[]> pull(Grant grant, Fetch request) {
        return read(grant, request, (queue, body) -> QueueAnswer.leased(queue.pull(wanted(body))));
    }

    @Post("/ack")
    @Identity(mechanisms = "hmac", scopes = "queue.settle")
    HttpResponse<byte[]> ack(Grant grant, Fetch request) {
        return change(
                grant, request, (queue, body) -> QueueAnswer.settled(queue.settle(QueueMessages.settlements(body))));
    }

    @Post("/peek")
    @Identity(mechanisms = "hmac", scopes = "queue.peek")
    HttpResponse<byte[]> peek(Grant grant, Fetch request) {
        return read(grant, request, (queue, body) -> QueueAnswer.seen(queue.peek(count(body, "count"))));
    }

    @Post("/metrics")
    @Identity(mechanisms = "hmac", scopes = "queue.metrics")
    HttpResponse<byte[]> metrics(Grant grant, Fetch request) {
        return read(grant, request, (queue, body) -> QueueAnswer.metrics(queue.metrics()));
    }

    private HttpResponse<byte[]> change(Grant grant, Fetch request, BiFunction<Queue, RemoteBody, Bytes> work) {
        var body = RemoteBody.of(request.body().buffered());
        var name = name(body);
        return answer(RemoteRefused.wording(() ->
                repeatable.run(grant, request, within -> work.apply(within.queue(grant, name), body))));
    }

    private HttpResponse<byte[]> read(Grant grant, Fetch request, BiFunction<Queue, RemoteBody, Bytes> work) {
        var body = RemoteBody.of(request.body().buffered());
        var name = name(body);
        return answer(RemoteRefused.wording(() -> work.apply(storage.queue(grant, name), body)));
    }

    private static PullRequest wanted(RemoteBody body) {
        try {
            return new PullRequest(
                    count(body, "batchSize"),
                    body.whole("visibilityMs").map(Duration::ofMillis).orElse(QueueLimits.VISIBILITY));
        } catch (InvalidInput e) {
            throw RemoteBody.wrong(e.field(), e.expectation());
        }
    }

    private static int count(RemoteBody body, String name) {
        var count = body.whole(name).orElse((long) QueueLimits.PULLED);
        if (count < 1 || count > QueueLimits.BATCH_MESSAGES) {
            throw RemoteBody.wrong(name, "1.." + QueueLimits.BATCH_MESSAGES);
        }
        return count.intValue();
    }

    private static QueueName name(RemoteBody body) {
        var text = body.text("queue");
        try {
            return new QueueName(text);
        } catch (InvalidInput e) {
            throw RemoteBody.wrong("queue", "a name of a queue");
        }
    }

    private static HttpResponse<byte[]> answer(Bytes json) {
        return Answers.of(200, KvError.JSON, json, KvError.HEADERS);
    }
}
