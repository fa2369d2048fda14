package io.triport.manager.schedule;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.TaskName;
import io.triport.domain.storage.Storage;
import io.triport.identity.launch.OnCron;
import io.triport.manager.automation.AutomationTask;
import io.triport.manager.automation.Timetable;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;

/** Has schedules fall due as they are set at the moment, on this node and by others. Safe for many threads. */
final class Timing {
    private final Shelf<Schedule> schedules;
    private final Runs runs;
    private final Firing firing;
    private final Timetable timetable;

    Timing(Shelf<Schedule> schedules, Runs runs, Firing firing, Timetable timetable) {
        this.schedules = schedules;
        this.runs = runs;
        this.firing = firing;
        this.timetable = timetable;
    }

    /** Reads what is set, and writes down what has ended. */
    void look(Grant grant, Storage storage) {
        refresh(grant);
        schedules.list(grant).forEach(kept -> runs.settle(grant, kept.id()));
    }

    /** After a change. */
    void refresh(Grant grant) {
        timetable.set(schedules.list(grant).stream()
                .filter(kept -> kept.value().enabled())
                .map(this::cron)
                .toList());
    }

    private OnCron cron(Kept<Schedule> kept) {
        var schedule = kept.value();
        return new OnCron(
                new TaskName("schedule-" + kept.id()),
                AutomationTask.SCHEDULES,
                schedule.cron(),
                schedule.zone(),
                new OnCron.Missed.Since(schedule.since()),
                (tick, grant, storage) -> firing.due(kept.id(), tick, grant));
    }
}
