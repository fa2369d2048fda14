package io.triport.testkit;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger of jobs promises. */
public abstract class JobLedgerContract {
    private static final JobId ONE = new JobId("delete-1-a");
    private static final JobId TWO = new JobId("copy-2-b");
    private static final String SPACE = "0".repeat(32);

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
        var job = add(ONE, "bulk_delete");

        assertThat(ledger().find(ONE)).contains(job);
        assertThat(ledger().find(TWO)).isEmpty();
    }

    @Test
    void an_id_is_taken_once() {
        add(ONE, "bulk_delete");

        assertThatThrownBy(() -> add(ONE, "bulk_copy"))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CONFLICT));
        assertThat(ledger().find(ONE).orElseThrow().order().operation()).isEqualTo("bulk_delete");
    }

    @Test
    void a_job_can_be_followed_to_its_end() {
        var queued = add(ONE, "bulk_delete");
        var now = fixture.clock().in(Duration.ofSeconds(1));

        var running = update(queued.started(now));
        var further = update(running.at(new JobProgress(10, 5, 1, "k5", new JsonText("{\"next\":5}"))));
        var ended = update(further.ended(JobStatus.COMPLETED, new JsonText("{\"done\":true}"), now));

        assertThat(ended.revision()).isGreaterThan(further.revision());
        var found = ledger().find(ONE).orElseThrow();
        assertThat(found).isEqualTo(ended);
        assertThat(found.progress().checkpoint()).isEqualTo(new JsonText("{\"next\":5}"));
        assertThat(found.started()).isEqualTo(now);
        assertThat(found.percentage()).isEqualTo(100);
    }

    @Test
    void of_two_changes_of_one_revision_the_second_has_no_effect() {
        var queued = add(ONE, "bulk_delete");
        update(queued.askedToStop());

        assertThat(ledger().update(queued.started(fixture.clock().instant()))).isEmpty();
        assertThat(ledger().find(ONE).orElseThrow().cancelling()).isTrue();
        assertThat(ledger().find(ONE).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void a_job_that_has_ended_never_changes() {
        var ended = update(add(ONE, "bulk_delete")
                .ended(JobStatus.CANCELLED, JsonText.NONE, fixture.clock().instant()));

        assertThat(ledger().update(ended.started(fixture.clock().instant()))).isEmpty();
        assertThat(ledger().find(ONE)).contains(ended);
    }

    @Test
    void of_16_that_start_a_job_at_once_one_succeeds() {
        var queued = add(ONE, "bulk_delete");

        var started = AtOnce.run(
                16,
                number -> () -> ledger().update(queued.started(fixture.clock().instant())));

        assertThat(started.stream().filter(Optional::isPresent)).hasSize(1);
    }

    @Test
    void jobs_are_listed_by_what_they_are_asked_for() {
        var first = add(ONE, "bulk_delete");
        fixture.clock().advance(Duration.ofMinutes(1));
        add(TWO, "bulk_copy");
        update(first.started(fixture.clock().in(Duration.ofHours(1))).at(new JobProgress(4, 2, 2, "k", JsonText.NONE)));

        assertThat(ids(all())).containsExactly(ONE, TWO);
        assertThat(ids(all().in(Set.of(JobStatus.RUNNING)))).containsExactly(ONE);
        assertThat(ids(all().in(Set.of(JobStatus.QUEUED, JobStatus.RUNNING)))).containsExactly(ONE, TWO);
        assertThat(ids(query("bulk_copy", "", "", 0))).containsExactly(TWO);
        assertThat(ids(query("", "f".repeat(32), "", 0))).isEmpty();
        assertThat(ids(query("", SPACE, "", 0))).containsExactly(ONE, TWO);
        assertThat(ids(query("", "", "ete-1", 0))).containsExactly(ONE);
        assertThat(ids(query("", "", "%", 0))).isEmpty();
        assertThat(ids(query("", "", "delete_1", 0))).isEmpty();
        assertThat(ids(query("", "", "", 2))).containsExactly(ONE);
        assertThat(ledger().page(all()).total()).isEqualTo(2);
    }

    @Test
    void jobs_can_be_in_each_order_and_pages_do_not_repeat() {
        var ids = IntStream.range(0, 25)
                .mapToObj(number -> new JobId("delete-%02d".formatted(number)))
                .toList();
        ids.forEach(id -> add(id, "bulk_delete"));

        for (var order : JobQuery.Order.values()) {
            var query = new JobQuery(
                    "",
                    "",
                    Set.of(),
                    "",
                    "",
                    "",
                    Instant.MIN,
                    Instant.MAX,
                    0,
                    order,
                    JobQuery.Direction.ASCENDING,
                    new Paging(10, 10));
            assertThat(ids(query)).isEqualTo(ids.subList(10, 20));
            assertThat(ledger().page(query).total()).isEqualTo(25);
        }
    }

    @Test
    void a_kind_of_event_happens_to_a_job_once() {
        add(ONE, "bulk_delete");
        add(TWO, "bulk_copy");

        var added = ledger().record(List.of(event(ONE, "started"), event(TWO, "started"), event(ONE, "progress_25")));
        var again = ledger().record(List.of(event(ONE, "started"), event(ONE, "completed")));

        assertThat(added).hasSize(3);
        assertThat(again.stream().map(JobEvent::kind)).containsExactly("completed");
        var events = ledger().events(ONE, 0, 10);
        assertThat(events.stream().map(JobEvent::kind)).containsExactly("started", "progress_25", "completed");
        assertThat(events.stream().map(JobEvent::id)).isSorted().doesNotHaveDuplicates();
        assertThat(events.getFirst().details()).isEqualTo(new JsonText("{\"total\":1}"));
    }

    @Test
    void events_behind_an_id_can_be_asked_for() {
        add(ONE, "bulk_delete");
        var added = ledger().record(List.of(event(ONE, "started"), event(ONE, "progress_25"), event(ONE, "completed")));

        assertThat(ledger().events(ONE, added.getFirst().id(), 1))
                .extracting(JobEvent::kind)
                .containsExactly("progress_25");
        assertThat(ledger().events(ONE, added.getLast().id(), 10)).isEmpty();
    }

    @Test
    void the_first_thousand_failed_items_are_kept() {
        add(ONE, "bulk_delete");
        IntStream.range(0, 3)
                .forEach(batch -> ledger().failed(
                                ONE,
                                IntStream.range(0, 400)
                                        .mapToObj(i -> new JobError(
                                                0, "k" + (batch * 400 + i), "key_not_found", "there is no such key"))
                                        .toList()));

        var errors = ledger().errors(ONE, 0, 2_000);

        assertThat(errors).hasSize(1_000);
        assertThat(errors.getFirst()).isEqualTo(new JobError(1, "k0", "key_not_found", "there is no such key"));
        assertThat(errors.getLast().item()).isEqualTo("k999");
        assertThat(ledger().errors(ONE, 998, 10)).extracting(JobError::number).containsExactly(999L, 1_000L);
    }

    @Test
    void jobs_that_ended_long_ago_are_let_go_with_all_that_belongs_to_them() {
        var old = add(ONE, "bulk_delete");
        ledger().record(List.of(event(ONE, "started")));
        ledger().failed(ONE, List.of(new JobError(0, "k", "forbidden", "no")));
        fixture.clock().advance(Duration.ofMinutes(1));
        var open = add(TWO, "bulk_copy");
        update(old.ended(JobStatus.COMPLETED, JsonText.NONE, fixture.clock().instant()));
        var ended = fixture.clock().instant();

        assertThat(ledger().forget(ended, 10)).isZero();
        assertThat(ledger().forget(ended.plusMillis(1), 10)).isEqualTo(1);
        assertThat(ledger().forget(ended.plusMillis(1), 10)).isZero();

        assertThat(ledger().find(ONE)).isEmpty();
        assertThat(ledger().events(ONE, 0, 10)).isEmpty();
        assertThat(ledger().errors(ONE, 0, 10)).isEmpty();
        assertThat(ledger().find(TWO)).contains(open);
    }

    @Test
    void at_most_so_many_jobs_are_let_go_the_first_coming_first() {
        for (var number = 0; number < 3; number++) {
            var job = add(new JobId("delete-" + number), "bulk_delete");
            fixture.clock().advance(Duration.ofSeconds(1));
            update(job.ended(JobStatus.FAILED, JsonText.NONE, fixture.clock().instant()));
        }

        assertThat(ledger().forget(Instant.MAX, 2)).isEqualTo(2);

        assertThat(ids(all())).containsExactly(new JobId("delete-2"));
    }

    @Test
    void a_unit_that_throws_has_changed_no_job() {
        var queued = add(ONE, "bulk_delete");

        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.tables()
                            .jobLedger()
                            .update(queued.started(fixture.clock().instant()));
                    inner.tables().jobLedger().record(List.of(event(ONE, "started")));
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(ledger().find(ONE)).contains(queued);
        assertThat(ledger().events(ONE, 0, 10)).isEmpty();
    }

    private Job add(JobId id, String operation) {
        var order = new JobOrder(id, operation, SPACE, "ann", "ann@example.com", new JsonText("{\"keys\":[]}"));
        var job = Job.queued(order, JobProgress.NONE, fixture.clock().instant());
        ledger().add(job);
        return job;
    }

    private Job update(Job job) {
        return ledger().update(job).orElseThrow();
    }

    private JobEvent event(JobId job, String kind) {
        return new JobEvent(0, job, kind, "ann@example.com", fixture.clock().instant(), new JsonText("{\"total\":1}"));
    }

    private List<JobId> ids(JobQuery query) {
        return ledger().page(query).jobs().stream().map(Job::id).toList();
    }

    private static JobQuery all() {
        return JobQuery.all(Paging.first(50));
    }

    private static JobQuery query(String operation, String namespace, String idPart, long leastErrors) {
        return new JobQuery(
                "",
                "",
                Set.of(),
                operation,
                namespace,
                idPart,
                Instant.MIN,
                Instant.MAX,
                leastErrors,
                JobQuery.Order.STARTED,
                JobQuery.Direction.DESCENDING,
                Paging.first(50));
    }

    private JobLedger ledger() {
        return fixture.engine().tables().jobLedger();
    }
}
