package io.triport.manager.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happens to jobs, in words. */
final class JobEvents {
    private static final List<Integer> MILESTONES = List.of(25, 50, 75);

    private JobEvents() {}

    static JobEvent started(Job job, Instant now) {
        var details = JobParameters.of(job)
                .operation()
                .put("total", Math.max(0, job.progress().total()));
        return event(job, "started", details, now);
    }

    /** The milestones between two states of a job, each of them however far the step was. */
    static List<JobEvent> milestones(int before, Job job, Instant now) {
        var crossed = new ArrayList<JobEvent>();
        for (var milestone : MILESTONES) {
            if (before < milestone && job.percentage() >= milestone) {
                crossed.add(event(job, "progress_" + milestone, counts(job, milestone), now));
            }
        }
        return crossed;
    }

    static JobEvent ended(Job job, Instant now) {
        var details = counts(job, job.percentage());
        switch (job.status()) {
            case CANCELLED -> details.put("total", Math.max(0, job.progress().total()));
            case FAILED -> {
                var outcome = Json.parse(job.outcome().text());
                details.put("error", outcome.path("code").asText());
                details.put("error_message", outcome.path("message").asText());
            }
            default -> {
                // The counts say it all.
            }
        }
        return event(job, job.status().text(), details, now);
    }

    private static ObjectNode counts(Job job, int percentage) {
        var counts = Json.object()
                .put("processed", job.progress().processed())
                .put("errors", job.progress().errors())
                .put("percentage", percentage);
        if (job.order().operation().equals(JobKind.IMPORT.operation())) {
            counts.put(
                    "skipped", JobTrace.position(job.progress()).path("skipped").asLong());
        }
        return counts;
    }

    private static JobEvent event(Job job, String kind, ObjectNode details, Instant now) {
        return new JobEvent(0, job.id(), kind, job.order().user(), now, new JsonText(details.toString()));
    }
}
