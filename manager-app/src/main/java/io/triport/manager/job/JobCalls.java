package io.triport.manager.job;

import io.triport.domain.identity.Grant;
import io.triport.domain.queue.Delay;
import io.triport.domain.queue.Message;
import io.triport.domain.queue.QueueDefinition;
import io.triport.domain.queue.QueueDefinitions;
import io.triport.domain.queue.Verdicts;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.QueueBatch;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobId;
import io.triport.identity.launch.Consuming;
import io.triport.manager.access.ManagerRole;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Word of new jobs, which goes by a queue to whichever node has the time. It says nothing but that there is a job: what it is, and whose,
 * the ledger knows. Safe for many threads.
 */
public final class JobCalls {
    private static final int BATCH = 10;

    /** So often a node that has no time hands a word back; then the next look at the ledger finds the job. */
    private static final int MOST_RETRIES = 5;

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Delay LATER = Delay.of(Duration.ofSeconds(1));

    private volatile @Nullable JobRunner runner;

    /** The queue that it takes. */
    public QueueDefinitions queues() {
        return QueueDefinitions.of(
                QueueDefinition.of(ManagerRole.JOBS).keptFor(KEPT).retried(MOST_RETRIES, Duration.ZERO));
    }

    public Consuming consuming() {
        return Consuming.of(JobTask.JOBS, ManagerRole.JOBS, this::heard).batched(BATCH, Duration.ZERO);
    }

    /** Tells of a job within the unit that writes it down. */
    static void tell(Storage unit, Grant grant, JobId job) {
        unit.queue(grant, ManagerRole.JOBS).send(Message.text(job.text()));
    }

    void bind(JobRunner wired) {
        runner = wired;
    }

    private void heard(QueueBatch batch, Verdicts verdicts, Grant grant, Storage storage) {
        var wired = runner;
        var called = batch.deliveries().stream().map(JobCalls::job).toList();
        var waiting = wired == null ? called : wired.called(called, grant, storage);
        for (var delivery : batch.deliveries()) {
            if (waiting.contains(job(delivery))) {
                verdicts.retry(delivery.id(), LATER);
            }
        }
    }

    private static JobId job(Delivery delivery) {
        return new JobId(delivery.body().toUtf8());
    }
}
