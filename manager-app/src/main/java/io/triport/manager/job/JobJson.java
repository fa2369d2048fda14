package io.triport.manager.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobStatus;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Jobs as answers show them. */
public final class JobJson {
    private JobJson() {}

    /** As lists and single answers have it. */
    public static ObjectNode row(Job job) {
        var row = Json.object()
                .put("job_id", job.id().text())
                .put("namespace_id", job.order().namespace())
                .put("operation_type", job.order().operation())
                .put("status", job.status().text())
                .put("total_keys", Math.max(0, job.progress().total()))
                .put("processed_keys", job.progress().processed())
                .put("error_count", job.progress().errors())
                .put("current_key", job.progress().currentKey())
                .put("percentage", job.percentage())
                .put("queued_at", Moments.text(job.queued()))
                .put("started_at", moment(job.started()))
                .put("completed_at", moment(job.ended()))
                .put("user_email", job.order().user());
        if (job.cancelling()) {
            row.put("cancel_requested", true);
        }
        if (job.status() == JobStatus.FAILED) {
            row.set("error", outcome(job).path("message"));
            row.set("error_code", outcome(job).path("code"));
        }
        if (job.status() == JobStatus.COMPLETED) {
            row.set("result", result(job));
            if (job.order().operation().equals(JobKind.EXPORT.operation())) {
                row.put("download_url", "/api/jobs/" + job.id() + "/download");
                row.set("format", outcome(job).path("format"));
            }
            if (job.order().operation().equals(JobKind.VALUE_SEARCH.operation())) {
                row.put("results_url", "/api/jobs/" + job.id() + "/results");
            }
        }
        return row;
    }

    /** As those who watch it get it. */
    public static ObjectNode snapshot(Job job) {
        var progress = Json.object()
                .put("total", Math.max(0, job.progress().total()))
                .put("processed", job.progress().processed())
                .put("errors", job.progress().errors());
        if (!job.progress().currentKey().isEmpty()) {
            progress.put("currentKey", job.progress().currentKey());
        }
        progress.put("percentage", job.percentage());
        var snapshot = Json.object()
                .put("jobId", job.id().text())
                .put("status", job.status().text());
        snapshot.set("progress", progress);
        if (job.cancelling()) {
            snapshot.put("cancelRequested", true);
        }
        if (job.status() == JobStatus.COMPLETED) {
            snapshot.set("result", result(job));
        }
        if (job.status() == JobStatus.FAILED) {
            snapshot.set("error", outcome(job).path("message"));
        }
        return snapshot;
    }

    public static ObjectNode event(JobEvent event) {
        var details = event.details();
        return Json.object()
                .put("id", event.id())
                .put("job_id", event.job().text())
                .put("event_type", event.kind())
                .put("user_email", event.user())
                .put("timestamp", Moments.text(event.at()))
                .put("details", details.isNone() ? null : details.text());
    }

    static ObjectNode error(JobError error) {
        return Json.object()
                .put("id", error.number())
                .put("key", error.item())
                .put("code", error.code())
                .put("message", error.message());
    }

    private static JsonNode result(Job job) {
        var result = outcome(job);
        if (result instanceof ObjectNode own && job.order().operation().equals(JobKind.EXPORT.operation())) {
            own.put("downloadUrl", "/api/jobs/" + job.id() + "/download");
        }
        return result;
    }

    private static JsonNode outcome(Job job) {
        return job.outcome().isNone() ? Json.object() : Json.parse(job.outcome().text());
    }

    private static @Nullable String moment(Instant moment) {
        return moment.equals(Instant.MAX) ? null : Moments.text(moment);
    }
}
