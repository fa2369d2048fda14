package io.triport.manager.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.manager.access.Caller;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.repeat.Effect;
import java.time.Clock;
import java.util.List;

/** Takes orders for jobs, and wishes that they end. Safe for many threads. */
public final class JobDesk {
    private final Storage storage;
    private final JobRunner runner;
    private final JobBoard board;
    private final Clock clock;

    JobDesk(Storage storage, JobRunner runner, JobBoard board, Clock clock) {
        this.storage = storage;
        this.runner = runner;
        this.board = board;
        this.clock = clock;
    }

    /**
     * Who orders.
     *
     * @param grant by which the order is written down
     * @param owner whose job it is, as {@link io.triport.domain.identity.PrincipalId#unique} tells him
     * @param effect through which the order goes
     */
    public record Customer(Grant grant, String owner, Caller caller, AuditEntry.Source source, Effect effect) {}

    /**
     * What is ordered.
     *
     * @param namespace an id, or empty for no one namespace
     * @param total items, or {@link JobProgress#UNKNOWN}
     */
    public record Wish(JobId id, JobKind kind, String namespace, ObjectNode parameters, long total) {}

    /**
     * Writes an order down, with its audit, and has it done.
     *
     * @return what the customer is told
     */
    public Bytes order(Customer by, Wish wish) {
        var told = by.effect().together(storage, unit -> add(unit, by, wish));
        wake();
        return told;
    }

    /** There are new jobs. */
    public void wake() {
        runner.wake();
    }

    /** Writes an order down within a unit, after whose commit there is to be a {@link #wake}. @return what the customer is told */
    public Bytes add(Storage unit, Customer by, Wish wish) {
        var parameters = new JobParameters(by.caller().standing(), by.source(), wish.parameters());
        var order = new JobOrder(
                wish.id(),
                wish.kind().operation(),
                wish.namespace(),
                by.owner(),
                by.caller().user(),
                parameters.text());
        var now = clock.instant();
        var job = Job.queued(order, new JobProgress(wish.total(), 0, 0, "", JsonText.NONE), now);
        unit.jobLedger(by.grant()).add(job);
        JobCalls.tell(unit, by.grant(), wish.id());
        unit.auditTrail(by.grant())
                .append(List.of(JobAudit.entry(job, by.grant().request(), now)));
        var told = Json.object()
                .put("job_id", wish.id().text())
                .put("status", job.status().text())
                .put("ws_url", "/api/jobs/" + wish.id() + "/ws");
        if (wish.total() >= 0 && wish.kind() != JobKind.EXPORT) {
            told.put("total_keys", wish.total());
        }
        return Bytes.utf8(told.toString());
    }

    /**
     * Wishes that a job ends. One that has not begun ends at once; one that runs, within one batch.
     *
     * @throws io.triport.manager.answer.Refused JOB_NOT_FOUND, JOB_FINISHED
     */
    public Job cancel(Grant grant, JobId id) {
        return cancel(Effect.unnamed(grant), id);
    }

    /** The same through what a request changes. */
    Job cancel(Effect effect, JobId id) {
        var grant = effect.grant();
        while (true) {
            var job = storage.jobLedger(grant).find(id).orElseThrow(Problem.JOB_NOT_FOUND::refused);
            if (job.status().terminal()) {
                throw Problem.JOB_FINISHED.refused();
            }
            var changed = effect.together(storage, unit -> {
                var wished = job.askedToStop();
                if (job.status() == JobStatus.RUNNING) {
                    return unit.jobLedger(grant).update(wished);
                }
                var now = clock.instant();
                var ended = unit.jobLedger(grant).update(wished.ended(JobStatus.CANCELLED, JsonText.NONE, now));
                ended.ifPresent(end -> {
                    unit.jobLedger(grant).record(List.of(JobEvents.ended(end, now)));
                    unit.auditTrail(grant).append(List.of(JobAudit.entry(end, grant.request(), now)));
                });
                return ended;
            });
            if (changed.isPresent()) {
                board.publish(changed.get());
                runner.wake();
                return changed.get();
            }
        }
    }

    /** @throws io.triport.manager.answer.Refused JOB_NOT_FOUND also for another's job */
    public Job find(Grant grant, JobId id) {
        return storage.jobLedger(grant).find(id).orElseThrow(Problem.JOB_NOT_FOUND::refused);
    }
}
