package io.triport.domain.storage;

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

/** A ledger of jobs whose calls are told to the log. */
final class TimedJobLedger implements JobLedger {
    private final JobLedger ledger;
    private final CallTimer timer;

    TimedJobLedger(JobLedger ledger, CallTimer timer) {
        this.ledger = ledger;
        this.timer = timer;
    }

    @Override
    public void add(Job job) {
        timer.change(
                "add",
                () -> {
                    ledger.add(job);
                    return true;
                },
                done -> told("added", done));
    }

    @Override
    public Optional<Job> find(JobId id) {
        return timer.read("find", () -> ledger.find(id), found -> told("found", found.isPresent()));
    }

    @Override
    public JobPage page(JobQuery query) {
        return timer.read("page", () -> ledger.page(query), found -> told("found", found.total()));
    }

    @Override
    public Optional<Job> update(Job job) {
        return timer.change("update", () -> ledger.update(job), found -> told("updated", found.isPresent()));
    }

    @Override
    public List<JobEvent> record(List<JobEvent> events) {
        return timer.change("record", () -> ledger.record(events), found -> told("added", found.size()));
    }

    @Override
    public List<JobEvent> events(JobId job, long after, int limit) {
        return timer.read("events", () -> ledger.events(job, after, limit), found -> told("found", found.size()));
    }

    @Override
    public void failed(JobId job, List<JobError> errors) {
        timer.change(
                "failed",
                () -> {
                    ledger.failed(job, errors);
                    return true;
                },
                done -> told("kept", errors.size()));
    }

    @Override
    public List<JobError> errors(JobId job, long after, int limit) {
        return timer.read("errors", () -> ledger.errors(job, after, limit), found -> told("found", found.size()));
    }

    @Override
    public int forget(Instant before, int most) {
        return timer.change("forget", () -> ledger.forget(before, most), found -> told("removed", found));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
