package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.JobPage;
import io.triport.domain.table.JobQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A caller's own jobs, or everybody's for who may administer them. Other jobs do not exist. */
final class ConfinedJobLedger implements JobLedger {
    private static final ResourceName JOBS = ResourceName.container("");

    private final JobLedger ledger;
    private final GrantGuard guard;

    ConfinedJobLedger(JobLedger ledger, GrantGuard guard) {
        this.ledger = ledger;
        this.guard = guard;
    }

    @Override
    public void add(Job job) {
        guard.require(Action.JOB_WRITE, JOBS);
        if (!visible(job)) {
            throw new StorageFailure.AccessDenied("job: another one's (expected: the caller's own)");
        }
        ledger.add(job);
    }

    @Override
    public Optional<Job> find(JobId id) {
        guard.require(Action.JOB_READ, JOBS);
        return ledger.find(id).filter(this::visible);
    }

    @Override
    public JobPage page(JobQuery query) {
        guard.require(Action.JOB_READ, JOBS);
        return ledger.page(administers() ? query : query.ownedBy(self()));
    }

    @Override
    public Optional<Job> update(Job job) {
        guard.require(Action.JOB_WRITE, JOBS);
        return known(job.id()) && visible(job) ? ledger.update(job) : Optional.empty();
    }

    @Override
    public List<JobEvent> record(List<JobEvent> events) {
        guard.require(Action.JOB_WRITE, JOBS);
        return ledger.record(events.stream().filter(event -> known(event.job())).toList());
    }

    @Override
    public List<JobEvent> events(JobId job, long after, int limit) {
        guard.require(Action.JOB_READ, JOBS);
        return known(job) ? ledger.events(job, after, limit) : List.of();
    }

    @Override
    public void failed(JobId job, List<JobError> errors) {
        guard.require(Action.JOB_WRITE, JOBS);
        if (known(job)) {
            ledger.failed(job, errors);
        }
    }

    @Override
    public List<JobError> errors(JobId job, long after, int limit) {
        guard.require(Action.JOB_READ, JOBS);
        return known(job) ? ledger.errors(job, after, limit) : List.of();
    }

    @Override
    public int forget(Instant before, int most) {
        guard.require(Action.SPACE_RECLAIM, JOBS);
        return ledger.forget(before, most);
    }

    private boolean known(JobId id) {
        return administers() || ledger.find(id).filter(this::visible).isPresent();
    }

    private boolean visible(Job job) {
        return administers() || job.order().owner().equals(self());
    }

    private boolean administers() {
        return guard.permits(Action.JOB_ADMIN, JOBS);
    }

    private String self() {
        return guard.grant().principal().id().unique();
    }
}
