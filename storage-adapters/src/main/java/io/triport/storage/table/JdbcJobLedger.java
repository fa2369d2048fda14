package io.triport.storage.table;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.JobPage;
import io.triport.domain.table.JobQuery;
import io.triport.storage.jdbc.TableAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Jobs as rows. */
final class JdbcJobLedger implements JobLedger {
    private static final int MOST_ERRORS = 1_000;

    /** None ends before it begins, so the index by when they began finds them. */
    private static final String ENDED =
            "select id from job where began_at < ? and ended_at < ? order by began_at, id limit ?";

    private final TableAccess access;
    private final TableRepositories repositories;

    JdbcJobLedger(TableAccess access, TableRepositories repositories) {
        this.access = access;
        this.repositories = repositories;
    }

    @Override
    public void add(Job job) {
        var added = access.write(
                () -> repositories.queries().change(StoredJob.of(job).insert()));
        if (added == 0) {
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "job: taken (expected: a new id)");
        }
    }

    @Override
    public Optional<Job> find(JobId id) {
        return access.read(() -> repositories.jobs().findById(id.text()).map(StoredJob::job));
    }

    @Override
    public JobPage page(JobQuery query) {
        var page = Sql.of("select * from job")
                .add(where(query))
                .add(" order by " + order(query))
                .add(
                        " limit ? offset ?",
                        (long) query.paging().limit(),
                        query.paging().offset());
        return access.read(() -> new JobPage(
                repositories.queries().all(page, StoredJob.class).stream()
                        .map(StoredJob::job)
                        .toList(),
                repositories.queries().number(Sql.of("select count(*) from job").add(where(query)))));
    }

    @Override
    public Optional<Job> update(Job job) {
        var next = StoredJob.of(job.revised(job.revision() + 1));
        return access.write(
                () -> repositories.queries().change(next.update()) > 0 ? Optional.of(next.job()) : Optional.empty());
    }

    @Override
    public List<JobEvent> record(List<JobEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        return access.write(() -> {
            var id = repositories.counters().take(CounterRepository.JOB_EVENT, events.size()) - events.size();
            var added = new ArrayList<JobEvent>();
            for (var event : events) {
                id++;
                var row = StoredEvent.of(id, event);
                if (repositories.queries().change(row.insert()) > 0) {
                    added.add(row.event());
                }
            }
            return List.copyOf(added);
        });
    }

    @Override
    public List<JobEvent> events(JobId job, long after, int limit) {
        return access.read(() -> repositories.events().behind(job.text(), after, limit).stream()
                .map(StoredEvent::event)
                .toList());
    }

    @Override
    public void failed(JobId job, List<JobError> errors) {
        access.write(() -> {
            var number = repositories.errors().last(job.text());
            var rows = new ArrayList<StoredError>();
            for (var error : errors.subList(0, (int) Math.min(errors.size(), MOST_ERRORS - number))) {
                number++;
                rows.add(StoredError.of(job, number, error));
            }
            if (!rows.isEmpty()) {
                repositories.errors().saveAll(rows);
            }
            return rows.size();
        });
    }

    @Override
    public List<JobError> errors(JobId job, long after, int limit) {
        return access.read(() -> repositories.errors().behind(job.text(), after, limit).stream()
                .map(StoredError::error)
                .toList());
    }

    @Override
    public int forget(Instant before, int most) {
        return access.write(() -> {
            var old = repositories
                    .queries()
                    .all(
                            Sql.of(ENDED, Moments.millis(before), Moments.millis(before), (long) most),
                            row -> row.getString(1));
            for (var job : old) {
                repositories.queries().change(Sql.of("delete from job_event where job = ?", job));
                repositories.queries().change(Sql.of("delete from job_error where job = ?", job));
                repositories.queries().change(Sql.of("delete from job where id = ?", job));
            }
            return old.size();
        });
    }

    private static Sql where(JobQuery query) {
        var statuses = query.statuses().stream()
                .map(status -> "'" + status.text() + "'")
                .sorted()
                .collect(Collectors.joining(", "));
        return Sql.of(
                        " where began_at >= ? and began_at < ? and errors >= ?",
                        Moments.millis(query.from()),
                        Moments.millis(query.until()),
                        query.leastErrors())
                .andIf(!query.owner().isEmpty(), "owner = ?", query.owner())
                .andIf(!query.user().isEmpty(), "user_name = ?", query.user())
                .andIf(!query.operation().isEmpty(), "operation = ?", query.operation())
                .andIf(!query.namespace().isEmpty(), "namespace = ?", query.namespace())
                .andIf(!query.idPart().isEmpty(), "instr(id, ?) > 0", query.idPart())
                .andIf(!statuses.isEmpty(), "status in (" + statuses + ")");
    }

    private static String order(JobQuery query) {
        var column = switch (query.order()) {
            case STARTED -> "began_at";
            case ENDED -> "ended_at";
            case TOTAL -> "total";
            case ERRORS -> "errors";
            case PERCENTAGE -> "percentage";
        };
        return switch (query.direction()) {
            case ASCENDING -> column + ", id";
            case DESCENDING -> column + " desc, id desc";
        };
    }
}
