package io.triport.manager.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** {@code /api/thresholds} (manager API, section 7). For admins to change, and for all to see. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ThresholdRoutes implements Routes {
    /** All namespaces together, as the front end names them. */
    static final String GLOBAL = "__global__";

    private static final String ALL = "/api/thresholds";
    private static final String ONE = ALL + "/{ns}";

    private final Shelf<Threshold> thresholds;
    private final Namespaces namespaces;
    private final Clock clock;

    ThresholdRoutes(Shelves shelves, Namespaces namespaces, Clock clock) {
        this.thresholds = shelves.thresholds();
        this.namespaces = namespaces;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::read),
                Route.put(ONE, this::change),
                Route.delete(ONE, this::delete));
    }

    private StreamReply list(Call call) {
        var shown = Json.array();
        thresholds.list(call.grant()).stream()
                .filter(kept -> namespaces.whole(call.caller(), call.grant(), place(kept.id())))
                .forEach(kept -> shown.add(shown(call.grant(), kept)));
        return Replies.ok(Json.object().set("thresholds", shown));
    }

    private StreamReply create(Call call) {
        var fields = new Fields(call.json());
        var id = administered(call, fields.required("namespace_id"));
        var threshold = Threshold.none(Moments.text(clock.instant()))
                .changed(fields, call.caller().user());
        var kept = thresholds.together(
                call.effect(),
                all -> all.add(call.grant(), id, threshold).orElseThrow(Problem.THRESHOLD_TAKEN::refused));
        return Replies.of(201, one(call.grant(), kept));
    }

    private StreamReply read(Call call) {
        var id = required(call.grant(), call.variable("ns"));
        if (!namespaces.whole(call.caller(), call.grant(), place(id))) {
            throw Problem.THRESHOLD_NOT_FOUND.refused();
        }
        return Replies.ok(one(call.grant(), thresholds.require(call.grant(), id)));
    }

    private StreamReply change(Call call) {
        var id = administered(call, call.variable("ns"));
        var fields = new Fields(call.json());
        var kept = thresholds.together(
                call.effect(),
                all -> all.change(
                        call.grant(),
                        id,
                        present -> present.changed(fields, call.caller().user())));
        return Replies.ok(one(call.grant(), kept));
    }

    private StreamReply delete(Call call) {
        var id = administered(call, call.variable("ns"));
        thresholds.together(call.effect(), all -> all.removed(call.grant(), id));
        return Replies.done();
    }

    private String required(Grant grant, String id) {
        return id.equals(GLOBAL) ? id : namespaces.require(grant, id).id().text();
    }

    private String administered(Call call, String id) {
        namespaces.requireAdmin(call.caller(), call.grant(), place(id));
        return required(call.grant(), id);
    }

    /** The namespace's id; empty for all together. */
    private static String place(String id) {
        return id.equals(GLOBAL) ? "" : id;
    }

    private ObjectNode one(Grant grant, Kept<Threshold> kept) {
        return Json.object().set("threshold", shown(grant, kept));
    }

    private ObjectNode shown(Grant grant, Kept<Threshold> kept) {
        var shown = kept.value().shown().put("namespace_id", kept.id()).put("updated_at", Moments.text(kept.updated()));
        if (!kept.id().equals(GLOBAL)) {
            shown.put(
                    "namespace_name",
                    namespaces.require(grant, kept.id()).title().text());
        }
        return shown;
    }
}
