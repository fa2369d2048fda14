package io.triport.manager.job;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;
import io.triport.domain.table.JobId;
import io.triport.domain.table.JobQuery;
import io.triport.domain.table.JobStatus;
import io.triport.domain.table.Paging;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has jobs done, so many at once and of those that write one for each namespace. What the ledger says is to be done is done, also
 * what another process began and did not end; the queue brings word of new ones. Its lock guards all.
 */
public final class JobRunner implements AutoCloseable {
    /*
     * Jobs of others
     *
     * A row that says running when this node begins was left behind by a process that died, or is done by another node. It is
     * taken over at once: if there is another node, the row's revision sends one of the two away at its next batch. Later on
     * only a row that has not changed for a while is taken over.
     *
     * Word of new jobs
     *
     * It comes by the queue to one node of all. A node that has as many jobs as it may hands it back, so that another may have it.
     * Word that is lost costs time and no job: the ledger is looked at again and again.
     *
     * Files
     *
     * What was sent with an order may lie on the node to which it was sent. Another one leaves such a job to that node, also when
     * it has died and may come back, until the files of a job would not be kept any longer.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.manager");
    private static final int LOOK_AT = 1_000;

    private static final JobQuery OPEN = new JobQuery(
            "",
            "",
            Set.of(JobStatus.QUEUED, JobStatus.RUNNING),
            "",
            "",
            "",
            Instant.MIN,
            Instant.MAX,
            0,
            JobQuery.Order.STARTED,
            JobQuery.Direction.ASCENDING,
            Paging.first(LOOK_AT));
    private static final long LOOK_SECONDS = 10;
    private static final long LEASE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long END_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<JobId, Active> active = new HashMap<>();
    private final Map<JobId, Seen> seen = new HashMap<>();
    private final Set<JobId> absent = new HashSet<>();
    private final JobRun.Means means;
    private final Ticker ticker;
    private final JobSettings settings;
    private @Nullable Thread looking;
    private boolean woken = true;
    private boolean first = true;
    private boolean closed;

    private record Active(JobRun run, Job job) {}

    private record Seen(long revision, long nanos) {}

    JobRunner(JobRun.Means means, Ticker ticker, JobSettings settings) {
        this.means = means;
        this.ticker = ticker;
        this.settings = settings;
    }

    /** Begins to look for jobs. */
    public void start() {
        looking = Thread.ofVirtual().name("jobs").start(this::look);
    }

    /** There is something to do, or somebody wants a job to end. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the batches at hand commit. What is not done by then goes on when the app does. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            active.values().forEach(one -> one.run.stop());
            var left = TimeUnit.SECONDS.toNanos(END_SECONDS);
            while (!active.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        if (looking != null) {
            looking.interrupt();
        }
    }

    private void look() {
        try {
            while (awaitWork()) {
                try {
                    means.access().under(this::look);
                } catch (RuntimeException e) {
                    LOG.warn("jobs cannot be looked for", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Begins what may begin, after word of jobs came.
     *
     * @return those that wait for another node, because this one has all that it can do, or not what they need
     */
    List<JobId> called(List<JobId> jobs, Grant grant, Storage storage) {
        look(grant, storage);
        lock.lock();
        try {
            return jobs.stream()
                    .filter(job -> !active.containsKey(job) && (busy() || absent.contains(job)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void look(Grant grant, Storage storage) {
        begin(storage.jobLedger(grant).page(OPEN).jobs(), job -> here(job, grant, storage));
    }

    private boolean here(Job job, Grant grant, Storage storage) {
        return means.works().here(job, grant, storage)
                || means.clock().instant().isAfter(job.queued().plus(settings.filesKept()));
    }

    private boolean busy() {
        return active.size() >= settings.atOnce();
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = TimeUnit.SECONDS.toNanos(LOOK_SECONDS);
            while (!woken && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** @param open the oldest first */
    private void begin(List<Job> open, Predicate<Job> here) {
        lock.lock();
        try {
            absent.clear();
            var mayTake = open.stream().filter(this::mayTake).toList();
            first = false;
            var elsewhere = open.stream()
                    .filter(job -> job.status() == JobStatus.RUNNING && !mayTake.contains(job))
                    .toList();
            for (var job : mayTake) {
                if (closed || busy()) {
                    return;
                }
                if (active.containsKey(job.id()) || blocked(job, elsewhere) || waits(job, open)) {
                    continue;
                }
                if (here.test(job)) {
                    begin(job);
                } else {
                    absent.add(job.id());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean mayTake(Job job) {
        if (first || job.status() == JobStatus.QUEUED) {
            return true;
        }
        var now = ticker.nanos();
        var before = seen.get(job.id());
        if (before == null || before.revision != job.revision()) {
            seen.put(job.id(), new Seen(job.revision(), now));
            return false;
        }
        return now - before.nanos > LEASE_NANOS;
    }

    private boolean blocked(Job job, List<Job> elsewhere) {
        return writes(job)
                && Stream.concat(active.values().stream().map(Active::job), elsewhere.stream())
                        .anyMatch(other -> !other.id().equals(job.id())
                                && writes(other)
                                && written(other).equals(written(job)));
    }

    /** Whether it is to come after one that has not ended. */
    private static boolean waits(Job job, List<Job> open) {
        var before = JobParameters.own(job).path(JobParameters.AFTER).asText();
        return open.stream().anyMatch(other -> other.id().text().equals(before));
    }

    /** The namespace whose keys a job changes. */
    private static String written(Job job) {
        return JobParameters.own(job)
                .path("target_namespace_id")
                .asText(job.order().namespace());
    }

    private static boolean writes(Job job) {
        return JobKind.of(job.order().operation())
                .filter(kind -> kind.effect() == JobKind.Effect.WRITES)
                .isPresent();
    }

    private void begin(Job job) {
        var run = new JobRun(job.id(), means);
        active.put(job.id(), new Active(run, job));
        Thread.ofVirtual().name(job.id().text()).start(() -> {
            try {
                run.run();
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("job", job.id()).setCause(e).log("job stopped");
            } finally {
                ended(job.id());
            }
        });
    }

    private void ended(JobId id) {
        lock.lock();
        try {
            active.remove(id);
            seen.remove(id);
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
