package io.triport.storage.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobError;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobLedger;
import io.triport.domain.table.JobOrder;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobQuery;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Paging;
import io.triport.testkit.Ability;
import io.triport.testkit.AtOnce;
import io.triport.testkit.StorageFixture;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What adapters promise beyond the contract of the port: odd names, ties, rows that have ended, many rows. */
public abstract class AdapterJobLedgerContract {
    private static final JobId ID = new JobId("delete-1");
    private static final String SPACE = "0123456789abcdef".repeat(2);

    private StorageFixture fixture;

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_job_is_found_as_it_was_added() {
        var job = queued("delete-1").at(new JobProgress(7, 3, 1, "k\u0000\uD83D\uDE00", new JsonText("{\"at\":3}")));

        ledger().add(job);

        assertThat(ledger().find(ID)).contains(job);
        assertThat(ledger().find(new JobId("DELETE-1"))).isEmpty();
    }

    @Test
    void an_id_is_taken_once() {
        ledger().add(queued("delete-1"));

        assertThatThrownBy(() -> ledger().add(queued("delete-1")))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT));
    }

    @Test
    void a_job_is_changed_only_from_the_revision_that_it_has() {
        var job = queued("delete-1");
        ledger().add(job);

        var running = ledger().update(job.started(now())).orElseThrow();

        assertThat(running.revision()).isGreaterThan(job.revision());
        assertThat(running.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(ledger().update(job.askedToStop())).isEmpty();
        assertThat(ledger().find(ID)).contains(running);
    }

    @Test
    void a_job_at_its_end_never_changes() {
        var job = queued("delete-1");
        ledger().add(job);
        var running = ledger().update(job.started(now())).orElseThrow();
        var ended = ledger().update(running.ended(JobStatus.COMPLETED, new JsonText("{\"processed\":0}"), now()))
                .orElseThrow();

        assertThat(ended.percentage()).isEqualTo(100);
        assertThat(ledger().update(ended.askedToStop())).isEmpty();
        assertThat(ledger().update(ended.started(now()))).isEmpty();
        assertThat(ledger().find(ID)).contains(ended);
    }

    @Test
    void a_job_that_is_not_there_is_not_changed() {
        assertThat(ledger().update(queued("delete-1"))).isEmpty();
    }

    @Test
    void of_16_changes_at_once_one_is_made() {
        var job = queued("delete-1");
        ledger().add(job);

        var changed = AtOnce.run(16, number -> () -> ledger().update(job.askedToStop()));

        assertThat(changed).filteredOn(update -> update.isPresent()).hasSize(1);
    }

    @Test
    void pages_are_ordered_with_ties_by_id_and_know_the_whole() {
        IntStream.range(0, 5).forEach(number -> ledger().add(queued("delete-" + number)));

        var first = ledger().page(JobQuery.all(new Paging(2, 0)));
        var second = ledger().page(JobQuery.all(new Paging(2, 2)));

        assertThat(first.total()).isEqualTo(5);
        assertThat(first.jobs()).extracting(job -> job.id().text()).containsExactly("delete-4", "delete-3");
        assertThat(second.jobs()).extracting(job -> job.id().text()).containsExactly("delete-2", "delete-1");
    }

    @Test
    void each_order_is_by_what_it_names() {
        var start = now();
        ledger().add(job("a", 10, 1, 0).started(start.plusSeconds(3)));
        ledger().add(job("b", 20, 19, 2).started(start.plusSeconds(1)));
        ledger().add(job("c", 30, 15, 1).started(start.plusSeconds(2)).ended(JobStatus.FAILED, JsonText.NONE, start));

        assertThat(ordered(JobQuery.Order.STARTED, JobQuery.Direction.DESCENDING))
                .containsExactly("a", "c", "b");
        assertThat(ordered(JobQuery.Order.STARTED, JobQuery.Direction.ASCENDING))
                .containsExactly("b", "c", "a");
        assertThat(ordered(JobQuery.Order.TOTAL, JobQuery.Direction.DESCENDING)).containsExactly("c", "b", "a");
        assertThat(ordered(JobQuery.Order.ERRORS, JobQuery.Direction.DESCENDING))
                .containsExactly("b", "c", "a");
        assertThat(ordered(JobQuery.Order.PERCENTAGE, JobQuery.Direction.DESCENDING))
                .containsExactly("b", "c", "a");
        assertThat(ordered(JobQuery.Order.ENDED, JobQuery.Direction.ASCENDING)).containsExactly("c", "a", "b");
    }

    @Test
    void each_filter_lets_through_what_it_names() {
        var start = now();
        ledger().add(job("delete-1", 10, 5, 0).started(start));
        var other = new JobOrder(
                new JobId("export_2"), "export", "f".repeat(32), "owner-2", "b@example.com", JsonText.NONE);
        ledger().add(Job.queued(other, new JobProgress(5, 5, 3, "", JsonText.NONE), start.plusSeconds(10)));
        var all = JobQuery.all(Paging.first(10));

        assertThat(ids(all.ownedBy("owner-2"))).containsExactly("export_2");
        assertThat(ids(all.in(Set.of(JobStatus.RUNNING)))).containsExactly("delete-1");
        assertThat(ids(all.in(Set.of(JobStatus.RUNNING, JobStatus.QUEUED)))).hasSize(2);
        assertThat(ids(query("b@example.com", "", "", "", 0))).containsExactly("export_2");
        assertThat(ids(query("", "bulk_delete", "", "", 0))).containsExactly("delete-1");
        assertThat(ids(query("", "", SPACE, "", 0))).containsExactly("delete-1");
        assertThat(ids(query("", "", "", "t_2", 0))).containsExactly("export_2");
        assertThat(ids(query("", "", "", "%", 0))).isEmpty();
        assertThat(ids(query("", "", "", "", 3))).containsExactly("export_2");
        assertThat(ids(between(start.plusSeconds(10), Instant.MAX))).containsExactly("export_2");
        assertThat(ids(between(Instant.MIN, start.plusSeconds(10)))).containsExactly("delete-1");
    }

    @Test
    void an_event_of_a_kind_happens_once_and_ids_grow() {
        var added = ledger().record(List.of(event("started"), event("progress_25")));
        var again = ledger().record(List.of(event("progress_25"), event("completed")));

        assertThat(added).extracting(JobEvent::kind).containsExactly("started", "progress_25");
        assertThat(again).extracting(JobEvent::kind).containsExactly("completed");
        assertThat(again.getFirst().id()).isGreaterThan(added.getLast().id());
        assertThat(ledger().events(ID, 0, 10))
                .extracting(JobEvent::kind)
                .containsExactly("started", "progress_25", "completed");
        assertThat(ledger().events(ID, added.getLast().id(), 10)).isEqualTo(again);
        assertThat(ledger().events(ID, 0, 1)).isEqualTo(added.subList(0, 1));
        assertThat(ledger().events(new JobId("other"), 0, 10)).isEmpty();
    }

    @Test
    void the_first_1000_failures_of_a_job_are_kept() {
        ledger().add(queued("delete-1"));
        ledger().failed(ID, List.of(error("k\u0000"), error("b")));
        ledger().failed(ID, List.of());
        ledger().failed(
                        ID,
                        IntStream.range(0, 1_500)
                                .mapToObj(number -> error("k" + number))
                                .toList());
        ledger().failed(ID, List.of(error("late")));

        var kept = ledger().errors(ID, 0, 2_000);

        assertThat(kept).hasSize(1_000);
        assertThat(kept.getFirst()).isEqualTo(new JobError(1, "k\u0000", "NOT_FOUND", "key: absent"));
        assertThat(kept).extracting(JobError::number).isSorted().doesNotHaveDuplicates();
        assertThat(kept.getLast().item()).isEqualTo("k997");
        assertThat(ledger().errors(ID, kept.get(1).number(), 2)).isEqualTo(kept.subList(2, 4));
    }

    @Test
    void changes_of_a_unit_that_fails_were_never_made() {
        var job = queued("delete-1");
        ledger().add(job);

        assertThatThrownBy(() -> fixture.engine().together(unit -> {
                    var inner = unit.tables().jobLedger();
                    var running = inner.update(job.started(now())).orElseThrow();
                    inner.record(List.of(event("started")));
                    inner.failed(ID, List.of(error("a")));
                    assertThat(inner.find(ID)).contains(running);
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(ledger().find(ID)).contains(job);
        assertThat(ledger().events(ID, 0, 10)).isEmpty();
        assertThat(ledger().errors(ID, 0, 10)).isEmpty();
    }

    @Test
    void an_engine_opened_again_has_the_jobs() {
        if (fixture.spares(Ability.REOPEN)) {
            return;
        }
        ledger().add(queued("delete-1"));
        ledger().record(List.of(event("started")));

        fixture.reopen();

        assertThat(ledger().find(ID)).contains(queued("delete-1"));
        assertThat(ledger().events(ID, 0, 10)).hasSize(1);
    }

    private Job queued(String id) {
        return job(id, JobProgress.UNKNOWN, 0, 0);
    }

    private Job job(String id, long total, long processed, long errors) {
        var order = new JobOrder(
                new JobId(id), "bulk_delete", SPACE, "owner-1", "a@example.com", new JsonText("{\"keys\":[\"ä\"]}"));
        return Job.queued(order, new JobProgress(total, processed, errors, "", JsonText.NONE), now());
    }

    private JobEvent event(String kind) {
        return new JobEvent(0, ID, kind, "a@example.com", now(), new JsonText("{\"total\":1}"));
    }

    private static JobError error(String item) {
        return new JobError(0, item, "NOT_FOUND", "key: absent");
    }

    private List<String> ordered(JobQuery.Order order, JobQuery.Direction direction) {
        return ids(new JobQuery(
                "", "", Set.of(), "", "", "", Instant.MIN, Instant.MAX, 0, order, direction, Paging.first(10)));
    }

    private static JobQuery query(String user, String operation, String namespace, String part, long errors) {
        return new JobQuery(
                "",
                user,
                Set.of(),
                operation,
                namespace,
                part,
                Instant.MIN,
                Instant.MAX,
                errors,
                JobQuery.Order.STARTED,
                JobQuery.Direction.DESCENDING,
                Paging.first(10));
    }

    private static JobQuery between(Instant from, Instant until) {
        return new JobQuery(
                "",
                "",
                Set.of(),
                "",
                "",
                "",
                from,
                until,
                0,
                JobQuery.Order.STARTED,
                JobQuery.Direction.DESCENDING,
                Paging.first(10));
    }

    private List<String> ids(JobQuery query) {
        return ledger().page(query).jobs().stream().map(job -> job.id().text()).toList();
    }

    private Instant now() {
        return fixture.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private JobLedger ledger() {
        return fixture.engine().tables().jobLedger();
    }
}
