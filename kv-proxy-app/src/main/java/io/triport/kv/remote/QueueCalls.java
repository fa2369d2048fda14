package io.triport.kv.remote;

import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.QueueName;
import io.triport.identity.handler.FetchReply;
import io.triport.identity.handler.OnFetch;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** Queues over HTTP: what a producer does, and what a consumer does that pulls. */
final class QueueCalls {
    private QueueCalls() {}

    /** Where queues lie. */
    enum Place {
        /** On the engine that has the notes of repeatable calls, so that both commit together. */
        ENGINE,
        ELSEWHERE
    }

    /** A pull is not repeatable: whoever did not hear the answer gets the messages again when their leases have ended. */
    static List<OnFetch> all(Place place) {
        return List.of(
                RemoteCall.post(
                        "/zin/queue/send",
                        "queue.send",
                        call -> change(
                                place, call, (queue, body) -> QueueAnswer.sent(queue.send(QueueMessages.one(body))))),
                RemoteCall.post(
                        "/zin/queue/send-batch",
                        "queue.send",
                        call -> change(
                                place,
                                call,
                                (queue, body) -> QueueAnswer.sent(queue.sendAll(QueueMessages.several(body))))),
                RemoteCall.post(
                        "/zin/queue/pull",
                        "queue.pull",
                        call -> read(call, (queue, body) -> QueueAnswer.leased(queue.pull(wanted(body))))),
                RemoteCall.post(
                        "/zin/queue/ack",
                        "queue.settle",
                        call -> change(
                                place,
                                call,
                                (queue, body) -> QueueAnswer.settled(queue.settle(QueueMessages.settlements(body))))),
                RemoteCall.post(
                        "/zin/queue/peek",
                        "queue.peek",
                        call -> read(call, (queue, body) -> QueueAnswer.seen(queue.peek(count(body, "count"))))),
                RemoteCall.post(
                        "/zin/queue/metrics",
                        "queue.metrics",
                        call -> read(call, (queue, body) -> QueueAnswer.metrics(queue.metrics()))));
    }

    private static FetchReply change(Place place, RemoteCall call, BiFunction<Queue, RemoteBody, Bytes> work) {
        var body = call.body();
        var name = name(body);
        return RemoteCall.json(
                switch (place) {
                    case ENGINE -> call.once(within -> work.apply(within.queue(call.grant(), name), body));
                    case ELSEWHERE ->
                        call.onceApart(() -> work.apply(call.storage().queue(call.grant(), name), body));
                });
    }

    private static FetchReply read(RemoteCall call, BiFunction<Queue, RemoteBody, Bytes> work) {
        var body = call.body();
        return RemoteCall.json(work.apply(call.storage().queue(call.grant(), name(body)), body));
    }

    private static PullRequest wanted(RemoteBody body) {
        return new PullRequest(
                count(body, "batchSize"),
                body.whole("visibilityMs").map(Duration::ofMillis).orElse(QueueLimits.VISIBILITY));
    }

    private static int count(RemoteBody body, String name) {
        return body.whole(name, QueueLimits.PULLED, QueueLimits.BATCH_MESSAGES);
    }

    private static QueueName name(RemoteBody body) {
        return body.named("queue", QueueName::new, "a name of a queue");
    }
}
