package io.triport.manager.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.queue.QueueMetrics;
import io.triport.domain.request.QueueName;
import io.triport.domain.table.AuditEntry;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.cloudflare.Page;
import io.triport.manager.document.Kept;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** Which queues there are, by Cloudflare's API. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class QueueApi implements Routes {
    /** The path of all queues. */
    static final String ALL = Envelope.BASE + "accounts/{account}/queues";

    /** The path of one of them. */
    static final String ONE = ALL + "/{queue}";

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Account account;
    private final QueueShelf queues;

    QueueApi(Account account, QueueShelf queues) {
        this.account = account;
        this.queues = queues;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::find),
                Route.put(ONE, this::configure),
                Route.patch(ONE, this::configure),
                Route.delete(ONE, this::drop),
                Route.get(ONE + "/metrics", this::measure),
                Route.get(ONE + "/purge", this::purged),
                Route.post(ONE + "/purge", this::purge));
    }

    /** Who changes what queues are like: an admin of everything. */
    static Author admin(Call call) {
        call.caller().requireAdmin();
        return Author.of(call, AuditEntry.Source.CLOUDFLARE_API);
    }

    private StreamReply list(Call call) {
        account.require(call.variable("account"));
        return Page.asked(call.query(), USUAL, MOST).of(queues.all(call.grant()), QueueApi::shown);
    }

    private StreamReply create(Call call) {
        account.require(call.variable("account"));
        var by = admin(call);
        var fields = new Fields(call.json());
        refuseJurisdiction(fields);
        return Envelope.ok(shown(queues.create(by, new QueueName(fields.required("queue_name")), settings(fields))));
    }

    private StreamReply find(Call call) {
        account.require(call.variable("account"));
        return Envelope.ok(shown(queues.require(call.grant(), call.variable("queue"))));
    }

    /** What is not spoken of stays. */
    private StreamReply configure(Call call) {
        account.require(call.variable("account"));
        var by = admin(call);
        var present = queues.require(call.grant(), call.variable("queue"));
        var fields = new Fields(call.json());
        refuseJurisdiction(fields);
        fields.text("queue_name")
                .filter(name -> !name.equals(present.value().name().text()))
                .ifPresent(other -> {
                    throw Problem.UNSUPPORTED.refused("A queue cannot be renamed");
                });
        var settings = settings(fields);
        return Envelope.ok(shown(queues.change(by, present.id(), "change_queue", queue -> queue.set(settings))));
    }

    private static Fields settings(Fields fields) {
        return fields.any("settings").map(Fields::new).orElseGet(() -> new Fields(Json.object()));
    }

    private static void refuseJurisdiction(Fields fields) {
        if (fields.text("jurisdiction").isPresent()) {
            throw Problem.UNSUPPORTED.refused("Queues lie where the manager does, which promises no jurisdiction");
        }
    }

    private StreamReply drop(Call call) {
        account.require(call.variable("account"));
        queues.drop(admin(call), call.variable("queue"));
        return Envelope.nothing();
    }

    private StreamReply measure(Call call) {
        account.require(call.variable("account"));
        var queue = queues.require(call.grant(), call.variable("queue"));
        return Envelope.ok(shown(queues.open(call.grant(), queue).metrics()));
    }

    private StreamReply purge(Call call) {
        account.require(call.variable("account"));
        var by = admin(call);
        if (!new Fields(call.json()).flag("delete_messages_permanently")) {
            throw Fields.invalid("delete_messages_permanently", "true");
        }
        return Envelope.ok(shown(queues.purge(by, call.variable("queue"))));
    }

    private StreamReply purged(Call call) {
        account.require(call.variable("account"));
        var moment =
                queues.require(call.grant(), call.variable("queue")).value().purged();
        return Envelope.ok(
                moment.isEmpty()
                        ? Json.object()
                        : Json.object().put("completed", "true").put("started_at", moment));
    }

    static ObjectNode shown(QueueMetrics metrics) {
        return Json.object()
                .put("backlog_count", metrics.count())
                .put("backlog_bytes", metrics.bytes().bytes())
                .put(
                        "oldest_message_timestamp_ms",
                        metrics.count() == 0 ? 0 : metrics.oldest().toEpochMilli());
    }

    private static ObjectNode shown(Kept<KeptQueue> kept) {
        var queue = kept.value();
        var node = Json.object()
                .put("queue_id", kept.id())
                .put("queue_name", queue.name().text())
                .put("created_on", queue.created())
                .put("modified_on", Moments.text(kept.updated()));
        node.set("settings", queue.settings());
        var consumers = node.putArray("consumers");
        if (queue.consumer() != null) {
            consumers.add(
                    queue.consumer().toJson().put("queue_name", queue.name().text()));
        }
        node.put("consumers_total_count", consumers.size());
        node.putArray("producers");
        return node.put("producers_total_count", 0);
    }
}
