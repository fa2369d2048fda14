package io.triport.manager.alert;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.identity.launch.SystemTasks;
import io.triport.manager.answer.Problem;
import io.triport.manager.automation.Pulses;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Shelf;
import io.triport.manager.metric.Counts;
import jakarta.inject.Singleton;

/** Wires what watches. */
@Factory
@Requires(property = "micronaut.application.name", value = "manager")
final class AlertWiring {
    @Singleton
    Shelves shelves(Storage storage) {
        return new Shelves(
                new Shelf<>(storage, "alert-rule", Rule.FORM, Problem.ALERT_RULE_NOT_FOUND),
                new Shelf<>(storage, "threshold", Threshold.FORM, Problem.THRESHOLD_NOT_FOUND));
    }

    @Singleton
    RuleBook book(Shelves shelves, FreshId ids) {
        return new RuleBook(shelves, ids);
    }

    @Singleton
    Notices notices(Storage storage, FreshId ids) {
        return new Notices(storage, ids);
    }

    @Singleton
    OpenAlerts alerts(Storage storage, FreshId ids, Notices notices) {
        return new OpenAlerts(storage, ids, notices);
    }

    @Context
    Watch watch(
            Shelves shelves,
            OpenAlerts alerts,
            Notices notices,
            Counts counts,
            SystemTasks tasks,
            FreshId ids,
            Pulses pulses) {
        var watch = new Watch(
                new Watch.Means(shelves.rules(), shelves.thresholds(), alerts, notices, counts, tasks, ids.clock()));
        pulses.calls().does(watch::lookAtCalls);
        pulses.keys().does(watch::lookAtKeys);
        return watch;
    }
}
