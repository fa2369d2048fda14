package io.triport.manager.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.identity.outbound.Posting;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** {@code /api/webhooks} (manager API, section 7), for admins: an address may be a secret by itself. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class WebhookRoutes implements Routes {
    private static final String ALL = "/api/webhooks";
    private static final String ONE = ALL + "/{id}";
    private static final String TEST = "test";

    private final Storage storage;
    private final Webhooks webhooks;
    private final DeliveryLog log;
    private final WebhookSender sender;
    private final FreshId ids;
    private final Clock clock;

    WebhookRoutes(Storage storage, Webhooks webhooks, DeliveryLog log, WebhookSender sender, FreshId ids, Clock clock) {
        this.storage = storage;
        this.webhooks = webhooks;
        this.log = log;
        this.sender = sender;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::read),
                Route.put(ONE, this::change),
                Route.delete(ONE, this::delete),
                Route.post(ONE + "/test", this::test),
                Route.get(ONE + "/deliveries", this::deliveries));
    }

    private StreamReply list(Call call) {
        call.caller().requireAdmin();
        var shown = Json.array();
        webhooks.list(call.grant()).forEach(kept -> shown.add(WebhookText.shown(kept)));
        return Replies.ok(Json.object().set("webhooks", shown));
    }

    private StreamReply create(Call call) {
        call.caller().requireAdmin();
        var webhook = WebhookText.ordered(new Fields(call.json()), Moments.text(clock.instant()));
        var kept = webhooks.shelf()
                .together(
                        call.effect(),
                        all -> all.add(call.grant(), ids.any(), webhook)
                                .orElseThrow(Problem.VERSION_CONFLICT::refused));
        webhooks.changed();
        return Replies.of(201, one(kept));
    }

    private StreamReply read(Call call) {
        return Replies.ok(one(required(call)));
    }

    private StreamReply change(Call call) {
        call.caller().requireAdmin();
        var fields = new Fields(call.json());
        var kept = webhooks.shelf()
                .together(
                        call.effect(),
                        all -> all.change(
                                call.grant(), call.variable("id"), present -> WebhookText.changed(present, fields)));
        webhooks.changed();
        return Replies.ok(one(kept));
    }

    private StreamReply delete(Call call) {
        var id = required(call).id();
        call.effect().together(storage, unit -> {
            log.within(unit).forget(call.grant(), id);
            return webhooks.shelf().within(unit).remove(call.grant(), id);
        });
        webhooks.changed();
        return Replies.ok(Json.object().put("deleted", true));
    }

    /** Sent once, at once, whether the webhook is enabled or not. What was sent cannot be taken back, so it is noted before. */
    private StreamReply test(Call call) {
        var kept = required(call);
        call.effect().note(storage);
        var data = Json.object().put("webhook_id", kept.id()).put("message", "A test of this webhook");
        var body = Json.object()
                .put("event", TEST)
                .put("timestamp", Moments.text(clock.instant()))
                .set("data", data);
        var outcome =
                sender.send(kept.value(), TEST, ids.any(), Json.bytes(body).toUtf8());
        var error = DeliveryPump.error(outcome);
        var result = Json.object().put("success", error.isEmpty());
        if (outcome instanceof Posting.Outcome.Answered(var status)) {
            result.put("statusText", Integer.toString(status));
        }
        if (!error.isEmpty()) {
            result.put("error", error);
        }
        return Replies.ok(result);
    }

    private StreamReply deliveries(Call call) {
        var id = required(call).id();
        return Replies.ok(Json.object().set("deliveries", log.of(call.grant(), id)));
    }

    private Kept<Webhook> required(Call call) {
        call.caller().requireAdmin();
        return webhooks.shelf().require(call.grant(), call.variable("id"));
    }

    private static ObjectNode one(Kept<Webhook> kept) {
        return Json.object().set("webhook", WebhookText.shown(kept));
    }
}
