package io.triport.storage.memory;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.JobPage;
import io.triport.domain.table.JobQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Jobs in memory. */
final class MemoryJobLedger implements JobLedger {
    private static final int MOST_ERRORS = 1_000;

    private final MemoryData data;

    MemoryJobLedger(MemoryData data) {
        this.data = data;
    }

    @Override
    public void add(Job job) {
        data.write(() -> {
            if (data.rows().jobs().get(job.id().text()).isPresent()) {
                throw new StorageFailure.Rejected(FailureCode.CONFLICT, "job: taken (expected: a new id)");
            }
            data.rows().jobs().put(job.id().text(), job);
            return job;
        });
    }

    @Override
    public Optional<Job> find(JobId id) {
        return data.read(() -> data.rows().jobs().get(id.text()));
    }

    @Override
    public JobPage page(JobQuery query) {
        return data.read(() -> {
            var found = data.rows().jobs().rows().values().stream()
                    .filter(query::matches)
                    .sorted(query.comparator())
                    .toList();
            var page = found.stream()
                    .skip(query.paging().offset())
                    .limit(query.paging().limit())
                    .toList();
            return new JobPage(page, found.size());
        });
    }

    @Override
    public Optional<Job> update(Job job) {
        return data.write(() -> {
            var next = data.rows()
                    .jobs()
                    .get(job.id().text())
                    .filter(present -> present.revision() == job.revision())
                    .filter(present -> !present.status().terminal())
                    .map(present -> job.revised(job.revision() + 1));
            next.ifPresent(changed -> data.rows().jobs().put(job.id().text(), changed));
            return next;
        });
    }

    @Override
    public List<JobEvent> record(List<JobEvent> events) {
        return data.write(() -> {
            var added = new ArrayList<JobEvent>();
            for (var event : events) {
                if (happened(event)) {
                    continue;
                }
                var id = data.rows().nextNumber();
                var kept = new JobEvent(id, event.job(), event.kind(), event.user(), event.at(), event.details());
                data.rows().events().put(id, kept);
                added.add(kept);
            }
            return List.copyOf(added);
        });
    }

    @Override
    public List<JobEvent> events(JobId job, long after, int limit) {
        return data.read(() -> data.rows().events().rows().tailMap(after, false).values().stream()
                .filter(event -> event.job().equals(job))
                .limit(limit)
                .toList());
    }

    @Override
    public void failed(JobId job, List<JobError> errors) {
        data.write(() -> {
            var number = (long) kept(job, 0).size();
            for (var error : errors) {
                if (number < MOST_ERRORS) {
                    number++;
                    var name = new MemoryRows.ErrorName(job.text(), number);
                    var row = new JobError(number, error.item(), error.code(), error.message());
                    data.rows().errors().put(name, row);
                }
            }
            return number;
        });
    }

    @Override
    public List<JobError> errors(JobId job, long after, int limit) {
        return data.read(() -> kept(job, after).stream().limit(limit).toList());
    }

    @Override
    public int forget(Instant before, int most) {
        return data.write(() -> {
            var old = data.rows().jobs().rows().values().stream()
                    .filter(job -> job.status().terminal() && job.ended().isBefore(before))
                    .sorted(Comparator.comparing(Job::began)
                            .thenComparing(job -> job.id().text()))
                    .limit(most)
                    .map(Job::id)
                    .toList();
            old.forEach(this::forget);
            return old.size();
        });
    }

    private void forget(JobId job) {
        data.rows().jobs().remove(job.text());
        List.copyOf(data.rows().events().rows().values()).stream()
                .filter(event -> event.job().equals(job))
                .forEach(event -> data.rows().events().remove(event.id()));
        List.copyOf(kept(job, 0))
                .forEach(error -> data.rows().errors().remove(new MemoryRows.ErrorName(job.text(), error.number())));
    }

    private boolean happened(JobEvent event) {
        return data.rows().events().rows().values().stream()
                .anyMatch(
                        other -> other.job().equals(event.job()) && other.kind().equals(event.kind()));
    }

    private Collection<JobError> kept(JobId job, long after) {
        var from = new MemoryRows.ErrorName(job.text(), after);
        var to = new MemoryRows.ErrorName(job.text(), Long.MAX_VALUE);
        return data.rows().errors().rows().subMap(from, false, to, true).values();
    }
}
