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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
                    .filter(job -> matches(query, job))
                    .sorted(order(query))
                    .toList();
            return new JobPage(
                    found.stream()
                            .skip(query.paging().offset())
                            .limit(query.paging().limit())
                            .toList(),
                    found.size());
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
            var next = new Job(
                    present.order(),
                    job.status(),
                    job.progress(),
                    job.queued(),
                    job.started(),
                    job.ended(),
                    job.cancelling(),
                    job.outcome(),
                    job.revision() + 1);
            state.rows().jobs().put(job.id(), next);
            return Optional.of(next);
        });
    }

    @Override
    public List<JobEvent> record(List<JobEvent> events) {
        return engine.locked(state -> {
            var added = new ArrayList<JobEvent>();
            for (var event : events) {
                if (state.rows().events().stream()
                        .noneMatch(kept ->
                                kept.job().equals(event.job()) && kept.kind().equals(event.kind()))) {
                    var kept = new JobEvent(
                            state.rows().next("event"),
                            event.job(),
                            event.kind(),
                            event.user(),
                            event.at(),
                            event.details());
                    state.rows().events().add(kept);
                    added.add(kept);
                }
            }
            return List.copyOf(added);
        });
    }

    @Override
    public List<JobEvent> events(JobId job, long after, int limit) {
        return engine.locked(state -> state.rows().events().stream()
                .filter(event -> event.job().equals(job) && event.id() > after)
                .limit(limit)
                .toList());
    }

    @Override
    public void failed(JobId job, List<JobError> errors) {
        engine.locked(state -> {
            var kept = state.rows().errors();
            for (var error : errors) {
                var number =
                        kept.stream().filter(failed -> failed.job().equals(job)).count() + 1;
                if (number <= MOST_ERRORS) {
                    kept.add(new FakeRows.Failed(
                            job, new JobError(number, error.item(), error.code(), error.message())));
                }
            }
            return kept.size();
        });
    }

    @Override
    public List<JobError> errors(JobId job, long after, int limit) {
        return engine.locked(state -> state.rows().errors().stream()
                .filter(failed -> failed.job().equals(job) && failed.error().number() > after)
                .limit(limit)
                .map(FakeRows.Failed::error)
                .toList());
    }

    @Override
    public int forget(Instant before, int most) {
        return engine.locked(state -> {
            var old = state.rows().jobs().values().stream()
                    .filter(job -> job.status().terminal() && job.ended().isBefore(before))
                    .sorted(Comparator.comparing(FakeJobLedger::began)
                            .thenComparing(job -> job.id().text()))
                    .limit(most)
                    .map(Job::id)
                    .toList();
            old.forEach(state.rows().jobs()::remove);
            state.rows().events().removeIf(event -> old.contains(event.job()));
            state.rows().errors().removeIf(failed -> old.contains(failed.job()));
            return old.size();
        });
    }

    private static boolean matches(JobQuery query, Job job) {
        return asked(query.owner(), job.order().owner())
                && asked(query.user(), job.order().user())
                && asked(query.operation(), job.order().operation())
                && asked(query.namespace(), job.order().namespace())
                && (query.statuses().isEmpty() || query.statuses().contains(job.status()))
                && job.id().text().contains(query.idPart())
                && !began(job).isBefore(query.from())
                && began(job).isBefore(query.until())
                && job.progress().errors() >= query.leastErrors();
    }

    private static boolean asked(String wanted, String present) {
        return wanted.isEmpty() || wanted.equals(present);
    }

    private static Instant began(Job job) {
        return job.started().equals(Instant.MAX) ? job.queued() : job.started();
    }

    private static Comparator<Job> order(JobQuery query) {
        Comparator<Job> order = switch (query.order()) {
            case STARTED -> Comparator.comparing(FakeJobLedger::began);
            case ENDED -> Comparator.comparing(Job::ended);
            case TOTAL -> Comparator.comparingLong(job -> job.progress().total());
            case ERRORS -> Comparator.comparingLong(job -> job.progress().errors());
            case PERCENTAGE -> Comparator.comparingInt(Job::percentage);
        };
        var directed = query.direction() == JobQuery.Direction.ASCENDING ? order : order.reversed();
        return directed.thenComparing(job -> job.id().text());
    }
}
