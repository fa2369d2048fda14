package io.triport.manager.schedule;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Problem;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import java.util.List;
import java.util.Optional;

/** The last runs of schedules. Safe for many threads. */
record Runs(Storage storage) {
    /** Of each schedule; older ones go. */
    static final int MOST = 100;

    private static final String KIND = "schedule-run-";

    /** The same as a unit sees it. */
    Runs within(Storage unit) {
        return new Runs(unit);
    }

    /** The newest first. @param schedule its id */
    List<Kept<Run>> newest(Grant grant, String schedule) {
        return shelf(schedule).list(grant).reversed();
    }

    Optional<Kept<Run>> find(Grant grant, String schedule, String id) {
        return shelf(schedule).find(grant, id);
    }

    /** Adds a run, whose id nobody had, and lets the oldest go. */
    Kept<Run> add(Grant grant, String schedule, String id, Run run) {
        var shelf = shelf(schedule);
        newest(grant, schedule).stream().skip(MOST - 1L).forEach(old -> shelf.remove(grant, old.id()));
        return shelf.add(grant, id, run).orElseThrow(Problem.VERSION_CONFLICT::refused);
    }

    /** Writes down how open runs have ended, so that it is known for longer than their jobs are. */
    void settle(Grant grant, String schedule) {
        for (var kept : newest(grant, schedule)) {
            if (kept.value().open()) {
                var job = job(grant, kept.value());
                if (job.isEmpty() || job.get().status().terminal()) {
                    var end = job.map(Run.End::of)
                            .orElseGet(() -> new Run.End("unknown", kept.value().begun(), JsonText.NONE));
                    shelf(schedule).replace(grant, kept, kept.value().ended(end));
                }
            }
        }
    }

    /** The jobs of runs that go on, the newest first. */
    List<Job> underWay(Grant grant, String schedule) {
        return newest(grant, schedule).stream()
                .filter(kept -> kept.value().open())
                .flatMap(kept -> job(grant, kept.value()).stream())
                .filter(job -> !job.status().terminal())
                .toList();
    }

    Optional<Job> job(Grant grant, Run run) {
        return run.job().isEmpty() ? Optional.empty() : storage.jobLedger(grant).find(new JobId(run.job()));
    }

    void removeAll(Grant grant, String schedule) {
        newest(grant, schedule).forEach(kept -> shelf(schedule).remove(grant, kept.id()));
    }

    private Shelf<Run> shelf(String schedule) {
        return new Shelf<>(storage, KIND + schedule, Run.FORM, Problem.SCHEDULE_NOT_FOUND);
    }
}
