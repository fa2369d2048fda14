package io.triport.manager.job;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Permissions;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobEvent;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.JsonText;
import io.triport.manager.access.Standing;
import io.triport.manager.answer.Json;
import io.triport.manager.event.Events;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job on this node, from where it stands to its end, or to that of the node. For one thread but for {@link #stop}. */
final class JobRun {
    /*
     * One unit each
     *
     * What a batch writes, the counts, the place to go on at, and the milestones commit as one. So after a crash the job goes on
     * as if the batch that was under way had never begun.
     *
     * Whose job
     *
     * The row has a revision, which every commit needs and raises. Of two nodes that do one job the second is told at its first
     * commit, of which nothing is written then. Who wants a job to end changes its row, too: the run hears of it in the same way,
     * within one batch.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.manager");
    private static final int MOST_ATTEMPTS = 6;
    private static final long FIRST_WAIT_MILLIS = 100;

    private final JobId id;
    private final Means means;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** What runs share. */
    record Means(
            JobWorks works,
            SystemAccess access,
            Function<Standing, Permissions> rights,
            JobBoard board,
            Events events,
            Clock clock) {}

    JobRun(JobId id, Means means) {
        this.id = id;
        this.means = means;
    }

    /** Lets the batch at hand commit, and begins no other one. */
    void stop() {
        stopping.countDown();
    }

    void run() {
        means.access.under((grant, storage) -> {
            try {
                var found = storage.jobLedger(grant)
                        .find(id)
                        .filter(job -> !job.status().terminal());
                if (found.isPresent()) {
                    new Under(grant, storage, found.get()).run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Superseded e) {
                LOG.atInfo().addKeyValue("job", id).log("job is done elsewhere");
            }
        });
    }

    private boolean stopped() {
        return stopping.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    /** The run with what it may use. */
    private final class Under {
        private final Grant system;
        private final Storage storage;
        private Job latest;

        private Under(Grant system, Storage storage, Job job) {
            this.system = system;
            this.storage = storage;
            this.latest = job;
        }

        private void run() throws InterruptedException {
            if (latest.cancelling()) {
                end(latest, JobStatus.CANCELLED, JsonText.NONE);
                return;
            }
            if (latest.status() == JobStatus.QUEUED) {
                var now = means.clock.instant();
                var started = latest.started(now);
                latest = commit(started, List.of(JobEvents.started(started, now)));
            }
            work();
        }

        private void work() throws InterruptedException {
            try {
                patiently();
            } catch (JobFailed e) {
                end(latest, JobStatus.FAILED, failure(e.code(), e.why()));
            } catch (StorageFailure e) {
                LOG.atWarn().addKeyValue("job", id).setCause(e).log("job failed");
                end(latest, JobStatus.FAILED, failure(code(e), "The storage refused to go on"));
            } catch (RuntimeException e) {
                if (e instanceof Superseded) {
                    throw e;
                }
                LOG.atError().addKeyValue("job", id).setCause(e).log("job failed");
                end(latest, JobStatus.FAILED, failure("internal_error", "Something went wrong on our side"));
            }
        }

        /**
         * A store that does not answer is asked again, a little later each time, from where the job stands by then. Whether a commit
         * that nobody answered for was done stands in the row.
         */
        private void patiently() throws InterruptedException {
            var doubtful = false;
            for (var attempt = 1; ; attempt++) {
                var before = latest.revision();
                try {
                    if (doubtful) {
                        latest = storage.jobLedger(system).find(id).orElseThrow(Superseded::new);
                        doubtful = false;
                    }
                    if (latest.status().terminal()) {
                        tell(latest);
                    } else {
                        goOn();
                    }
                    return;
                } catch (StorageFailure.Unavailable e) {
                    if (latest.revision() != before) {
                        attempt = 1;
                    }
                    if (attempt == MOST_ATTEMPTS) {
                        throw e;
                    }
                    doubtful = doubtful || e.code() == FailureCode.OUTCOME_UNKNOWN;
                    if (stopping.await(FIRST_WAIT_MILLIS << attempt, TimeUnit.MILLISECONDS)) {
                        throw new InterruptedException("stopping");
                    }
                }
            }
        }

        private void goOn() throws InterruptedException {
            var person = system.narrowedTo(
                    means.rights.apply(JobParameters.of(latest).standing()));
            try (var work = means.works.open(
                    latest, new JobWorks.Means(storage, system, person), JobTrace.position(latest.progress()))) {
                try {
                    if (latest.cancelling()) {
                        cancelled(work);
                        return;
                    }
                    for (var batch = work.next(); batch != null && !stopped(); batch = work.next()) {
                        latest = withRoom(latest, batch);
                    }
                    if (!stopped()) {
                        complete(latest, work);
                    }
                } catch (Superseded e) {
                    cancelled(work);
                } catch (JobFailed e) {
                    work.discard();
                    throw e;
                }
            }
        }

        private Job withRoom(Job job, JobBatch batch) {
            try {
                return apply(job, batch);
            } catch (StorageFailure.Unavailable e) {
                var sparing = batch.sparing();
                if (e.code() == FailureCode.FULL && sparing.isPresent()) {
                    return apply(job, sparing.get());
                }
                throw e;
            }
        }

        private Job apply(Job job, JobBatch batch) {
            var now = means.clock.instant();
            var kept = storage.together(system, unit -> {
                var step = batch.apply(unit);
                var ledger = unit.jobLedger(system);
                var next = job.at(progress(job, step));
                var updated = ledger.update(next).orElseThrow(Superseded::new);
                if (!step.errors().isEmpty()) {
                    ledger.failed(id, step.errors());
                }
                var crossed = JobEvents.milestones(job.percentage(), updated, now);
                if (!crossed.isEmpty()) {
                    ledger.record(crossed);
                }
                return updated;
            });
            means.board.publish(kept);
            return kept;
        }

        private JobProgress progress(Job job, JobStep step) {
            var before = job.progress();
            var now = new JobProgress(
                    before.total(),
                    before.processed() + step.processed(),
                    before.errors() + step.errors().size(),
                    step.currentKey().isEmpty() ? before.currentKey() : step.currentKey(),
                    JsonText.NONE);
            return new JobProgress(
                    now.total(),
                    now.processed(),
                    now.errors(),
                    now.currentKey(),
                    JobTrace.after(before, now, step.position(), means.clock.instant()));
        }

        private void complete(Job job, JobWork work) throws InterruptedException {
            var result = work.finish()
                    .put("processed", job.progress().processed())
                    .put("errors", job.progress().errors());
            var progress = job.progress();
            var whole = job.at(new JobProgress(
                    progress.processed(),
                    progress.processed(),
                    progress.errors(),
                    progress.currentKey(),
                    progress.checkpoint()));
            end(whole, JobStatus.COMPLETED, new JsonText(result.toString()));
        }

        /** The row was changed by another: when that was the wish to end it, it ends with what has been done. */
        private void cancelled(JobWork work) {
            var now = storage.jobLedger(system).find(id);
            if (now.isPresent() && now.get().cancelling() && !now.get().status().terminal()) {
                end(now.get(), JobStatus.CANCELLED, JsonText.NONE);
                work.discard();
            } else {
                throw new Superseded();
            }
        }

        private void end(Job job, JobStatus status, JsonText outcome) {
            var now = means.clock.instant();
            var ended = job.ended(status, outcome, now);
            var events = new ArrayList<JobEvent>();
            if (status == JobStatus.COMPLETED) {
                events.addAll(JobEvents.milestones(0, ended, now));
            }
            events.add(JobEvents.ended(ended, now));
            commit(ended, events);
        }

        private Job commit(Job job, List<JobEvent> events) {
            var now = means.clock.instant();
            var kept = storage.together(system, unit -> {
                var ledger = unit.jobLedger(system);
                var updated = ledger.update(job).orElseThrow(Superseded::new);
                ledger.record(events);
                if (updated.status().terminal()) {
                    unit.auditTrail(system).append(List.of(JobAudit.entry(updated, system.request(), now)));
                }
                return updated;
            });
            tell(kept);
            return kept;
        }

        private void tell(Job job) {
            means.board.publish(job);
            if (job.status().terminal()) {
                means.events.ended(job);
            }
        }
    }

    private static String code(StorageFailure e) {
        return switch (e) {
            case StorageFailure.Unavailable full when full.code() == FailureCode.FULL -> "storage_full";
            case StorageFailure.Unavailable unavailable -> "storage_unavailable";
            case StorageFailure.AccessDenied denied -> "forbidden";
            case StorageFailure.Rejected rejected
            when rejected.code() == FailureCode.NOT_FOUND -> "namespace_not_found";
            case StorageFailure other -> "storage_failed";
        };
    }

    private static JsonText failure(String code, String why) {
        return new JsonText(Json.object().put("code", code).put("message", why).toString());
    }
}
