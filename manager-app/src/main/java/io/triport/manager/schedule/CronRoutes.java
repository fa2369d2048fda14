package io.triport.manager.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.schedule.TickMark;
import io.triport.identity.launch.Crons;
import io.triport.identity.launch.OnCron;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code /api/crons}: when everything that recurs ran last and runs next, also what other apps run that share the data. Only looks; for
 * who sees everything, and nothing for others.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class CronRoutes implements Routes {
    private final Crons crons;
    private final Clock clock;

    CronRoutes(Crons crons, Clock clock) {
        this.crons = crons;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/crons", this::list));
    }

    private StreamReply list(Call call) {
        var shown = Json.array();
        if (call.caller().rights().overall()) {
            var here = crons.present().stream()
                    .collect(Collectors.toMap(cron -> cron.name().text(), cron -> cron));
            var marks = new HashMap<String, TickMark>();
            crons.marks().forEach(mark -> marks.put(mark.newest().schedule().text(), mark));
            var names = new TreeSet<>(here.keySet());
            names.addAll(marks.keySet());
            names.forEach(name -> shown.add(shown(name, here, marks)));
        }
        return Replies.ok(Json.object().set("crons", shown));
    }

    private ObjectNode shown(String name, Map<String, OnCron> here, Map<String, TickMark> marks) {
        var now = clock.instant();
        var shown = Json.object().put("name", name);
        var cron = here.get(name);
        if (cron == null) {
            shown.putNull("cron").putNull("timezone").putNull("next_at");
        } else {
            shown.put("cron", cron.cron().toString())
                    .put(
                            "timezone",
                            cron.zone().equals(ZoneOffset.UTC)
                                    ? "UTC"
                                    : cron.zone().getId())
                    .put("next_at", Moments.text(cron.cron().next(now, cron.zone())));
        }
        var mark = marks.get(name);
        return mark == null
                ? shown.put("state", "waiting").putNull("newest_at").put("attempt", 0)
                : noted(shown, mark, now);
    }

    private static ObjectNode noted(ObjectNode shown, TickMark mark, Instant now) {
        var newest = mark.newest();
        return shown.put("state", state(mark.run(), now))
                .put("newest_at", Moments.text(newest.dueAt()))
                .put("attempt", newest.attempt());
    }

    /** A run that nobody holds any more is another node's to do again. */
    private static String state(TickMark.Run run, Instant now) {
        return switch (run) {
            case TickMark.Run.Ended ended -> "idle";
            case TickMark.Run.Begun(var until) -> until.isAfter(now) ? "running" : "abandoned";
        };
    }
}
