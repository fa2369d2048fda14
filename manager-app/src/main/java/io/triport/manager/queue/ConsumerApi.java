package io.triport.manager.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** How queues are pulled, by Cloudflare's API: each by one consumer at most. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ConsumerApi implements Routes {
    private static final String ALL = QueueApi.ONE + "/consumers";
    private static final String ONE = ALL + "/{consumer}";

    private final Account account;
    private final QueueShelf queues;
    private final FreshId ids;
    private final Clock clock;

    ConsumerApi(Account account, QueueShelf queues, FreshId ids, Clock clock) {
        this.account = account;
        this.queues = queues;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::find),
                Route.put(ONE, this::change),
                Route.delete(ONE, this::delete));
    }

    private Kept<KeptQueue> queue(Call call) {
        account.require(call.variable("account"));
        return queues.require(call.grant(), call.variable("queue"));
    }

    private StreamReply list(Call call) {
        var queue = queue(call).value();
        var shown = Json.array();
        if (queue.consumer() != null) {
            shown.add(shown(queue, queue.consumer()));
        }
        return Envelope.ok(shown);
    }

    private StreamReply create(Call call) {
        var by = QueueApi.admin(call);
        var asked = PullConsumer.asked(new Fields(call.json()), ids.any(), Moments.text(clock.instant()));
        var changed = queues.change(by, queue(call).id(), "create_consumer", queue -> {
            if (queue.consumer() != null) {
                throw Problem.INVALID_ARGUMENT.refused("The queue has a consumer already");
            }
            return queue.consumed(asked);
        });
        return Envelope.ok(shown(changed.value(), asked));
    }

    private StreamReply find(Call call) {
        var queue = queue(call).value();
        return Envelope.ok(shown(queue, consumer(call, queue)));
    }

    private StreamReply change(Call call) {
        var by = QueueApi.admin(call);
        var present = queue(call);
        var consumer = consumer(call, present.value());
        var asked = PullConsumer.asked(new Fields(call.json()), consumer.id(), consumer.created());
        var changed = queues.change(by, present.id(), "change_consumer", queue -> {
            consumer(call, queue);
            return queue.consumed(asked);
        });
        return Envelope.ok(shown(changed.value(), asked));
    }

    private StreamReply delete(Call call) {
        var by = QueueApi.admin(call);
        queues.change(by, queue(call).id(), "delete_consumer", queue -> {
            consumer(call, queue);
            return queue.consumed(null);
        });
        return Envelope.nothing();
    }

    private static PullConsumer consumer(Call call, KeptQueue queue) {
        var consumer = queue.consumer();
        if (consumer == null || !consumer.id().equals(call.variable("consumer"))) {
            throw Problem.CONSUMER_NOT_FOUND.refused();
        }
        return consumer;
    }

    private static ObjectNode shown(KeptQueue queue, PullConsumer consumer) {
        return consumer.toJson().put("queue_name", queue.name().text());
    }
}
