package io.triport.manager.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.ManagerRole;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/alerts} (manager API, section 8.5). Rules are for admins to change, and for all to see. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class AlertRoutes implements Routes {
    private static final String RULES = "/api/alerts/rules";
    private static final String RULE = RULES + "/{id}";
    private static final int MOST = 500;
    private static final int USUAL = 100;

    private final Shelf<Rule> rules;
    private final OpenAlerts alerts;
    private final Namespaces namespaces;
    private final FreshId ids;

    AlertRoutes(Shelves shelves, OpenAlerts alerts, Namespaces namespaces, FreshId ids) {
        this.rules = shelves.rules();
        this.alerts = alerts;
        this.namespaces = namespaces;
        this.ids = ids;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(RULES, this::list),
                Route.post(RULES, this::create),
                Route.get(RULE, this::read),
                Route.put(RULE, this::change),
                Route.delete(RULE, this::delete),
                Route.get("/api/alerts", this::alerts),
                Route.post("/api/alerts/{id}/ack", this::seen));
    }

    private StreamReply list(Call call) {
        var shown = Json.array();
        rules.list(call.grant()).stream()
                .filter(kept -> whole(call, kept.value().namespace()))
                .forEach(kept -> shown.add(shown(kept)));
        return Replies.ok(Json.object().set("rules", shown));
    }

    private boolean whole(Call call, String namespace) {
        return namespaces.whole(call.caller(), call.grant(), namespace);
    }

    private StreamReply create(Call call) {
        var rule = rule(call);
        var kept = rules.together(
                call.effect(),
                all -> all.add(call.grant(), ids.any(), rule).orElseThrow(Problem.VERSION_CONFLICT::refused));
        return Replies.of(201, one(kept));
    }

    private StreamReply read(Call call) {
        return Replies.ok(one(required(call)));
    }

    private Kept<Rule> required(Call call) {
        var kept = rules.require(call.grant(), call.variable("id"));
        if (!whole(call, kept.value().namespace())) {
            throw Problem.ALERT_RULE_NOT_FOUND.refused();
        }
        return kept;
    }

    /** The whole rule. */
    private StreamReply change(Call call) {
        namespaces.requireAdmin(
                call.caller(), call.grant(), required(call).value().namespace());
        var rule = rule(call);
        return Replies.ok(one(
                rules.together(call.effect(), all -> all.change(call.grant(), call.variable("id"), present -> rule))));
    }

    private StreamReply delete(Call call) {
        namespaces.requireAdmin(
                call.caller(), call.grant(), required(call).value().namespace());
        rules.together(call.effect(), all -> all.removed(call.grant(), call.variable("id")));
        return Replies.ok(Json.object().put("deleted", true));
    }

    private Rule rule(Call call) {
        var rule = Rule.read(new Fields(call.json()));
        namespaces.requireAdmin(call.caller(), call.grant(), rule.namespace());
        return rule;
    }

    private StreamReply alerts(Call call) {
        var state = call.query().text("state").orElse("");
        if (!List.of("", "open", "resolved").contains(state)) {
            throw Fields.invalid("state", "open or resolved");
        }
        var limit = call.query().number("limit", 1, MOST, USUAL);
        var shown = Json.array();
        visible(call).stream()
                .filter(kept -> state.isEmpty() || kept.value().open() == state.equals("open"))
                .limit(limit)
                .forEach(kept -> shown.add(kept.value().shown().put("id", kept.id())));
        return Replies.ok(Json.object().set("alerts", shown));
    }

    private List<Kept<Alert>> visible(Call call) {
        return alerts.newest(call.grant()).stream()
                .filter(kept -> whole(call, kept.value().namespace()))
                .toList();
    }

    private StreamReply seen(Call call) {
        var id = call.variable("id");
        var namespace = visible(call).stream()
                .filter(kept -> kept.id().equals(id))
                .map(kept -> kept.value().namespace())
                .findFirst()
                .orElseThrow(Problem.ALERT_NOT_FOUND::refused);
        if (!namespace.isEmpty()) {
            call.caller()
                    .require(
                            ManagerRole.EDITOR,
                            namespaces.require(call.grant(), namespace).title());
        }
        var kept = alerts.seen(call.effect(), id, call.caller().user());
        return Replies.ok(Json.object().set("alert", kept.value().shown().put("id", kept.id())));
    }

    private static ObjectNode one(Kept<Rule> kept) {
        return Json.object().set("rule", shown(kept));
    }

    private static ObjectNode shown(Kept<Rule> kept) {
        return kept.value().shown().put("id", kept.id()).put("updated_at", Moments.text(kept.updated()));
    }
}
