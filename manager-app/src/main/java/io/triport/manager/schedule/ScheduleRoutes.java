package io.triport.manager.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.identity.launch.Crons;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.bulk.StandingOrders;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** {@code /api/schedules} (manager API, section 8.2). Those of others are there for admins alone. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class ScheduleRoutes implements Routes {
    private static final String ALL = "/api/schedules";
    private static final String ONE = ALL + "/{id}";
    private static final int MOST = 200;
    private static final int USUAL_RUNS = 20;

    private final Storage storage;
    private final Shelf<Schedule> shelf;
    private final Runs runs;
    private final Firing firing;
    private final Timing timing;
    private final StandingOrders orders;
    private final Crons crons;
    private final FreshId ids;

    ScheduleRoutes(Storage storage, Firing firing, Timing timing, StandingOrders orders, Crons crons, FreshId ids) {
        this.storage = storage;
        this.shelf = ScheduleWiring.schedules(storage);
        this.runs = new Runs(storage);
        this.firing = firing;
        this.timing = timing;
        this.orders = orders;
        this.crons = crons;
        this.ids = ids;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::read),
                Route.put(ONE, this::change),
                Route.delete(ONE, this::delete),
                Route.post(ONE + "/run", this::run),
                Route.get(ONE + "/runs", this::runs));
    }

    private StreamReply list(Call call) {
        var shown = Json.array();
        shelf.list(call.grant()).stream()
                .filter(kept -> kept.value().seenBy(call.caller()))
                .sorted(Comparator.comparing(kept -> kept.value().name()))
                .forEach(kept -> shown.add(shown(call.grant(), kept)));
        return Replies.ok(Json.object().set("schedules", shown));
    }

    private StreamReply create(Call call) {
        var schedule = Schedule.create(
                new Fields(call.json()), Owner.of(call), ids.clock().instant());
        check(call, schedule);
        var kept = call.effect().together(storage, unit -> {
            if (shelf.within(unit).list(call.grant()).size() >= MOST) {
                throw Problem.INVALID_ARGUMENT.refused("There are " + MOST + " schedules already");
            }
            var added = shelf.within(unit)
                    .add(call.grant(), ids.any(), schedule)
                    .orElseThrow(Problem.VERSION_CONFLICT::refused);
            tell(unit, call, "create_schedule", added);
            return added;
        });
        follow(call);
        return Replies.of(201, one(call.grant(), kept));
    }

    private StreamReply read(Call call) {
        return Replies.ok(one(call.grant(), seen(call)));
    }

    /** What is not named stays. Whose it is stays, too. */
    private StreamReply change(Call call) {
        var fields = new Fields(call.json());
        var present = seen(call);
        var schedule = present.value().changed(fields, ids.clock().instant());
        check(call, schedule);
        var kept = call.effect().together(storage, unit -> {
            var changed = shelf.within(unit)
                    .replace(call.grant(), present, schedule)
                    .orElseThrow(() -> Problem.VERSION_CONFLICT.refused("It was changed by somebody else"));
            tell(unit, call, "update_schedule", changed);
            return changed;
        });
        follow(call);
        return Replies.ok(one(call.grant(), kept));
    }

    private StreamReply delete(Call call) {
        var present = seen(call);
        call.effect().together(storage, unit -> {
            runs.within(unit).removeAll(call.grant(), present.id());
            tell(unit, call, "delete_schedule", present);
            return shelf.within(unit).remove(call.grant(), present.id());
        });
        follow(call);
        return Replies.ok(Json.object().put("deleted", true));
    }

    private StreamReply run(Call call) {
        var present = seen(call);
        var kept = firing.now(call.effect(), present, unit -> tell(unit, call, "run_schedule", present));
        return Replies.ok(Json.object().set("run", shown(call.grant(), present.id(), kept)));
    }

    private StreamReply runs(Call call) {
        var present = seen(call);
        var limit = call.query().number("limit", 1, Runs.MOST, USUAL_RUNS);
        var offset = call.query().number("offset", 0, Runs.MOST, 0);
        var newest = runs.newest(call.grant(), present.id());
        var shown = Json.array();
        newest.stream().skip(offset).limit(limit).forEach(kept -> shown.add(shown(call.grant(), present.id(), kept)));
        var result = Json.object().put("total", newest.size());
        return Replies.ok(result.set("runs", shown));
    }

    /** Whether whoever sets it may order its job: asked again each time that it falls due. */
    private void check(Call call, Schedule schedule) {
        orders.wish(new StandingOrders.Orderer(call.grant(), call.caller()), schedule.kind(), schedule.params());
    }

    /** Now and not in some seconds: a time that comes between is not to be missed. */
    private void follow(Call call) {
        timing.refresh(call.grant());
        crons.look();
    }

    private Kept<Schedule> seen(Call call) {
        var kept = shelf.require(call.grant(), call.variable("id"));
        if (!kept.value().seenBy(call.caller())) {
            throw Problem.SCHEDULE_NOT_FOUND.refused();
        }
        return kept;
    }

    private void tell(Storage unit, Call call, String operation, Kept<Schedule> kept) {
        var by = Author.of(call);
        var details = Json.object()
                .put("id", kept.id())
                .put("name", kept.value().name())
                .put("cron", kept.value().cron().toString())
                .put("timezone", kept.value().zone().getId())
                .put("enabled", kept.value().enabled());
        details.putObject("job")
                .put("type", kept.value().kind().operation())
                .set("params", kept.value().params());
        by.tell(unit, operation, AuditPlace.NONE, ids.clock().instant(), new JsonText(details.toString()));
    }

    private ObjectNode one(Grant grant, Kept<Schedule> kept) {
        return Json.object().set("schedule", shown(grant, kept));
    }

    private ObjectNode shown(Grant grant, Kept<Schedule> kept) {
        var schedule = kept.value();
        var node = schedule.shown()
                .put("id", kept.id())
                .put("updated_at", Moments.text(kept.updated()))
                .put(
                        "next_run_at",
                        schedule.enabled()
                                ? Moments.text(schedule.next(ids.clock().instant()))
                                : null);
        var last = runs.newest(grant, kept.id()).stream().findFirst();
        node.set("last_run", last.map(run -> shown(grant, kept.id(), run)).orElse(null));
        return node;
    }

    private ObjectNode shown(Grant grant, String schedule, Kept<Run> kept) {
        var run = kept.value();
        var shown = run.open() ? runs.job(grant, run).map(run::shown).orElseGet(run::shown) : run.shown();
        return shown.put("id", kept.id()).put("schedule_id", schedule);
    }
}
