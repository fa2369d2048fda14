package io.triport.manager.schedule;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.TaskName;
import io.triport.domain.storage.Storage;
import io.triport.identity.launch.Crons;
import io.triport.identity.launch.OnCron;
import io.triport.manager.automation.AutomationTask;
import io.triport.manager.automation.Timetable;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import java.util.stream.Collectors;

/** Has schedules fall due as they are set at the moment, on this node and by others. Safe for many threads. */
final class Timing {
    private static final String NAMED = "schedule-";
    private final Shelf<Schedule> schedules;
    private final Runs runs;
    private final Firing firing;
    private final Timetable timetable;
    private final Crons crons;

    Timing(Shelf<Schedule> schedules, Runs runs, Firing firing, Timetable timetable, Crons crons) {
        this.schedules = schedules;
        this.runs = runs;
        this.firing = firing;
        this.timetable = timetable;
        this.crons = crons;
    }

    /** Reads what is set, writes down what has ended, and lets go of what is no more. */
    void look(Grant grant, Storage storage) {
        refresh(grant);
        var present = schedules.list(grant);
        present.forEach(kept -> runs.settle(grant, kept.id()));
        var names = present.stream().map(Timing::name).collect(Collectors.toSet());
        crons.forget(name -> name.text().startsWith(NAMED) && !names.contains(name));
    }

    /** After a change. */
    void refresh(Grant grant) {
        timetable.set(schedules.list(grant).stream()
                .filter(kept -> kept.value().enabled())
                .map(this::cron)
                .toList());
    }

    private static TaskName name(Kept<Schedule> kept) {
        return new TaskName(NAMED + kept.id());
    }

    private OnCron cron(Kept<Schedule> kept) {
        var schedule = kept.value();
        return new OnCron(
                name(kept),
                AutomationTask.SCHEDULES,
                schedule.cron(),
                schedule.zone(),
                new OnCron.Missed.Since(schedule.since()),
                (tick, grant, storage) -> firing.due(kept.id(), tick, grant));
    }
}
