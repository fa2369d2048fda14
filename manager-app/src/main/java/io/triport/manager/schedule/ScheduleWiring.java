package io.triport.manager.schedule;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.identity.launch.Crons;
import io.triport.manager.access.SettingKind;
import io.triport.manager.answer.Problem;
import io.triport.manager.automation.Pulses;
import io.triport.manager.automation.Timetable;
import io.triport.manager.bulk.StandingOrders;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Shelf;
import io.triport.manager.job.JobDesk;
import jakarta.inject.Singleton;

/** Wires what makes schedules fall due. */
@Factory
@Requires(property = "micronaut.application.name", value = "manager")
final class ScheduleWiring {
    @Singleton
    Firing firing(Storage storage, StandingOrders orders, JobDesk desk, Owners owners, FreshId ids) {
        return new Firing(new Firing.Means(storage, schedules(storage), new Runs(storage), orders, desk, owners, ids));
    }

    @Context
    Timing timing(Storage storage, Firing firing, Timetable timetable, Crons crons, Pulses pulses) {
        var timing = new Timing(schedules(storage), new Runs(storage), firing, timetable, crons);
        pulses.schedules().does(timing::look);
        return timing;
    }

    static Shelf<Schedule> schedules(Storage storage) {
        return new Shelf<>(storage, SettingKind.SCHEDULE.text(), Schedule.FORM, Problem.SCHEDULE_NOT_FOUND);
    }
}
