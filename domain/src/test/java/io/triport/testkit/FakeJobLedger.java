package io.triport.testkit;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.JobPage;
import io.triport.domain.table.JobQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The jobs of a {@link FakeStorageEngine}. */
final class FakeJobLedger implements JobLedger {
    private static final int MOST_ERRORS = 1_000;

    private final FakeStorageEngine engine;

    FakeJobLedger(FakeStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public void add(Job job) {
        engine.locked(state -> {
            if (state.rows().jobs().putIfAbsent(job.id(), job) != null) {
                throw new StorageFailure.Rejected(FailureCode.CONFLICT, "job: taken (expected: a new id)");
            }
            return job;
        });
    }

    @Override
    public Optional<Job> find(JobId id) {
        return engine.locked(state -> Optional.ofNullable(state.rows().jobs().get(id)));
    }

    @Override
    public JobPage page(JobQuery query) {
        return engine.locked(state -> {
            var found = state.rows().jobs().values().stream()
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
        return engine.locked(state -> {
            var present = state.rows().jobs().get(job.id());
            if (present == null
                    || present.revision() != job.revision()
                    || present.status().terminal()) {
                return Optional.empty();
            }
            var next = job.revised(job.revision() + 1);
            state.rows().jobs().put(job.id(), next);
            return Optional.of(next);
        });
    }

    @Override
    public List<JobEvent> record(List<JobEvent> events) {
        return engine.locked(state -> {
            var added = new ArrayList<JobEvent>();
            for (var event : events) {
                var present = state.rows().events().values().stream()
                        .anyMatch(other ->
                                other.job().equals(event.job()) && other.kind().equals(event.kind()));
                if (!present) {
                    var id = state.rows().nextNumber();
                    var kept = new JobEvent(id, event.job(), event.kind(), event.user(), event.at(), event.details());
                    state.rows().events().put(id, kept);
                    added.add(kept);
                }
            }
            return List.copyOf(added);
        });
    }

    @Override
    public List<JobEvent> events(JobId job, long after, int limit) {
        return engine.locked(state -> state.rows().events().tailMap(after, false).values().stream()
                .filter(event -> event.job().equals(job))
                .limit(limit)
                .toList());
    }

    @Override
    public void failed(JobId job, List<JobError> errors) {
        engine.locked(state -> {
            var kept = state.rows().errors(job);
            for (var error : errors) {
                if (kept.size() < MOST_ERRORS) {
                    var number = kept.size() + 1L;
                    kept.put(number, new JobError(number, error.item(), error.code(), error.message()));
                }
            }
            return kept.size();
        });
    }

    @Override
    public List<JobError> errors(JobId job, long after, int limit) {
        return engine.locked(state -> state.rows().errors(job).tailMap(after, false).values().stream()
                .limit(limit)
                .toList());
    }
}
