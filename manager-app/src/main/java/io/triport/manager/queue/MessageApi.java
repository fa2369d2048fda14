package io.triport.manager.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.PullRequest;
import io.triport.domain.queue.Queue;
import io.triport.domain.queue.QueueLimits;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.document.Kept;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What producers do, and consumers that pull, by Cloudflare's API. A named call is done once: who pulls again gets the same leases. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class MessageApi implements Routes {
    private static final String MESSAGES = QueueApi.ONE + "/messages";

    /** 256,000 bytes, each in the longest form that JSON has for it. */
    private static final ByteSize LONGEST = ByteSize.ofMiB(2);

    private final Account account;
    private final QueueShelf queues;
    private final Storage storage;

    MessageApi(Account account, QueueShelf queues, Storage storage) {
        this.account = account;
        this.queues = queues;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(MESSAGES, this::send),
                Route.post(MESSAGES + "/batch", this::sendAll),
                Route.post(MESSAGES + "/pull", this::pull),
                Route.post(MESSAGES + "/ack", this::settle),
                Route.post(MESSAGES + "/peek", this::peek),
                Route.post(MESSAGES + "/purge", this::discard));
    }

    private Kept<KeptQueue> queue(Call call) {
        account.require(call.variable("account"));
        return queues.require(call.grant(), call.variable("queue"));
    }

    private static Fields fields(Call call) {
        return new Fields(call.json(LONGEST));
    }

    private StreamReply send(Call call) {
        var queue = queue(call);
        return sent(call, queue, List.of(MessageText.message(fields(call), Delay.OF_QUEUE)));
    }

    private StreamReply sendAll(Call call) {
        var queue = queue(call);
        return sent(call, queue, MessageText.messages(fields(call)));
    }

    private StreamReply sent(Call call, Kept<KeptQueue> queue, List<Message> messages) {
        return Envelope.ok(once(call, queue, open -> {
            open.sendAll(messages);
            return metadata(open);
        }));
    }

    private StreamReply pull(Call call) {
        var queue = queue(call);
        var consumer = queue.value().consumer();
        var wanted = PullConsumer.pull(fields(call), consumer == null ? PullConsumer.UNSAID : consumer.usual());
        return Envelope.ok(once(call, queue, open -> pulled(open, queue.value().paused(), wanted)));
    }

    private static ObjectNode pulled(Queue open, boolean paused, PullRequest wanted) {
        var messages = Json.array();
        if (!paused) {
            open.pull(wanted)
                    .forEach(lease -> messages.add(MessageText.shown(lease.delivery())
                            .put("lease_id", lease.id().text())));
        }
        var answer = metadata(open);
        answer.set("messages", messages);
        return answer.put("message_backlog_count", open.metrics().count());
    }

    private StreamReply settle(Call call) {
        var queue = queue(call);
        var settlements = MessageText.settlements(fields(call));
        return Envelope.ok(once(call, queue, open -> {
            var outcome = open.settle(settlements);
            var answer = Json.object().put("ackCount", outcome.acked()).put("retryCount", outcome.retried());
            var warnings = answer.putObject("warnings");
            outcome.warnings()
                    .forEach(warning -> warnings.put(
                            warning.lease().text(), warning.why().name().toLowerCase(Locale.ROOT)));
            return answer;
        }));
    }

    private StreamReply peek(Call call) {
        var queue = queue(call);
        var count = PullConsumer.pull(fields(call), PullRequest.of(QueueLimits.PULLED))
                .count();
        var messages = Json.array();
        queues.open(call.grant(), queue)
                .peek(count)
                .forEach(peeked -> messages.add(MessageText.shown(peeked.delivery())
                        .put("ref", peeked.ref().text())));
        return Envelope.ok(Json.object().set("messages", messages));
    }

    private StreamReply discard(Call call) {
        var queue = queue(call);
        var refs = MessageText.refs(fields(call));
        return Envelope.ok(once(call, queue, open -> {
            var answer = Json.object();
            answer.putArray("errors");
            var warnings = answer.putObject("warnings");
            open.discard(refs).forEach(ref -> warnings.put(ref.text(), "there is no such message any more"));
            return answer;
        }));
    }

    private ObjectNode once(Call call, Kept<KeptQueue> queue, Function<Queue, ObjectNode> work) {
        return call.effect().together(storage, unit -> work.apply(queues.open(unit, call.grant(), queue)));
    }

    private static ObjectNode metadata(Queue open) {
        var answer = Json.object();
        answer.putObject("metadata").set("metrics", QueueApi.shown(open.metrics()));
        return answer;
    }
}
