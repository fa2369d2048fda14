package io.triport.manager.schedule;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.manager.answer.Failures;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.bulk.StandingOrders;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.job.JobDesk;
import io.triport.manager.job.JobParameters;
import io.triport.manager.repeat.Effect;
import java.util.Locale;
import java.util.function.Consumer;

/** Orders the job of a schedule that falls due, in its owner's name. Safe for many threads and nodes. */
final class Firing {
    /*
     * Once
     *
     * A tick may be run again, when the node that ran it died. The run's id tells the time, and the run is written down in one unit
     * with the order of its job: so what was ordered is found, and not ordered again.
     */
    /** Jobs that may wait for the one before. */
    private static final int MOST_WAITING = 10;

    private final Means means;

    /** What it works with. */
    record Means(
            Storage storage,
            Shelf<Schedule> schedules,
            Runs runs,
            StandingOrders orders,
            JobDesk desk,
            Owners owners,
            FreshId ids) {}

    Firing(Means means) {
        this.means = means;
    }

    /** A tick, under the grant of the task. */
    void due(String schedule, Scheduled tick, Grant system) {
        means.schedules
                .find(system, schedule)
                .filter(kept -> kept.value().enabled())
                .filter(kept -> tick.dueAt().isAfter(kept.value().since()))
                .ifPresent(kept -> run(
                        system,
                        kept,
                        String.format(Locale.ROOT, "%015d-tick", tick.dueAt().toEpochMilli()),
                        Run.begun(
                                Run.Trigger.TICK,
                                tick.dueAt(),
                                means.ids.clock().instant(),
                                tick.attempt())));
    }

    /**
     * Now, because somebody wants it.
     *
     * @param effect of his call
     * @param told notes who it was, in the unit of the run
     */
    Kept<Run> now(Effect effect, Kept<Schedule> schedule, Consumer<Storage> told) {
        var grant = effect.grant();
        var now = means.ids.clock().instant();
        var begun = Run.begun(Run.Trigger.MANUAL, now, now, 1);
        var ordering = wished(grant, schedule.value());
        var kept = effect.together(means.storage, unit -> {
            told.accept(unit);
            return add(unit, grant, schedule, means.ids.timed(), begun, ordering);
        });
        means.desk.wake();
        return kept;
    }

    private void run(Grant grant, Kept<Schedule> schedule, String id, Run begun) {
        var ordering = wished(grant, schedule.value());
        Effect.unnamed(grant)
                .together(
                        means.storage,
                        unit -> means.runs
                                .within(unit)
                                .find(grant, schedule.id(), id)
                                .orElseGet(() -> add(unit, grant, schedule, id, begun, ordering)));
        means.desk.wake();
    }

    private Kept<Run> add(Storage unit, Grant grant, Kept<Schedule> schedule, String id, Run begun, Wished ordering) {
        var run = switch (ordering) {
            case Wished.Order order -> ordered(unit, grant, schedule, order, begun);
            case Wished.Refusal(var why) -> begun.refused(why);
        };
        return means.runs.within(unit).add(grant, schedule.id(), id, run);
    }

    /** What the owner may order at this moment. */
    private sealed interface Wished {
        record Order(JobDesk.Customer customer, JobDesk.Wish wish) implements Wished {}

        record Refusal(Refused why) implements Wished {}
    }

    private Wished wished(Grant grant, Schedule schedule) {
        var owner = means.owners.present(schedule.owner());
        if (owner.isEmpty()) {
            return new Wished.Refusal(
                    Problem.FORBIDDEN.refused("The owner of the schedule may do nothing here any more"));
        }
        try {
            var orderer = new StandingOrders.Orderer(
                    grant.narrowedTo(owner.get().rights().permissions()), owner.get());
            var customer = new JobDesk.Customer(
                    grant, schedule.owner().unique(), owner.get(), AuditEntry.Source.SCHEDULE, Effect.unnamed(grant));
            return new Wished.Order(customer, means.orders.wish(orderer, schedule.kind(), schedule.params()));
        } catch (Refused | InvalidInput | StorageFailure.AccessDenied | StorageFailure.Rejected e) {
            return new Wished.Refusal(Failures.of(e));
        }
    }

    private Run ordered(Storage unit, Grant grant, Kept<Schedule> schedule, Wished.Order order, Run begun) {
        var before = means.runs.within(unit).underWay(grant, schedule.id());
        if (!before.isEmpty() && schedule.value().overlap() == Overlap.SKIP) {
            return begun.ended(
                    Run.End.because("skipped", begun.begun(), "overlap", "The job of the run before has not ended"));
        }
        if (before.size() > MOST_WAITING) {
            return begun.ended(
                    Run.End.because("skipped", begun.begun(), "overlap", MOST_WAITING + " jobs wait already"));
        }
        var wish = order.wish;
        var parameters = wish.parameters().deepCopy().put("schedule_id", schedule.id());
        if (!before.isEmpty()) {
            parameters.put(JobParameters.AFTER, before.getFirst().id().text());
        }
        means.desk.add(
                unit,
                order.customer,
                new JobDesk.Wish(wish.id(), wish.kind(), wish.namespace(), parameters, wish.total()));
        return begun.ordered(wish.id().text());
    }
}
