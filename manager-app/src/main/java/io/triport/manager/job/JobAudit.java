package io.triport.manager.job;

import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.request.RequestId;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import java.time.Instant;

/** What the audit says of jobs: that one was ordered, and what it came to. */
final class JobAudit {
    private JobAudit() {}

    static AuditEntry entry(Job job, RequestId request, Instant now) {
        var order = job.order();
        var parameters = JobParameters.of(job);
        var details = parameters.operation();
        details.put("job_id", order.id().text()).put("status", job.status().text());
        details.put("total", Math.max(0, job.progress().total()));
        details.put("processed", job.progress().processed())
                .put("errors", job.progress().errors());
        if (job.status() == JobStatus.FAILED) {
            details.put("error", job.outcome().text());
        }
        var place = order.namespace().isEmpty() ? AuditPlace.NONE : AuditPlace.of(new NamespaceId(order.namespace()));
        return new AuditEntry(
                place,
                order.operation(),
                order.user(),
                parameters.source(),
                request,
                now,
                new JsonText(details.toString()));
    }
}
