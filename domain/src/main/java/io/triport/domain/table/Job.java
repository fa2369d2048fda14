package io.triport.domain.table;

import java.time.Instant;

/**
 * A job at one moment.
 *
 * @param queued when it was ordered
 * @param started {@link Instant#MAX} before it was
 * @param ended {@link Instant#MAX} before it has
 * @param cancelling whether somebody asked it to stop
 * @param outcome a JSON object: what came of it, or why it failed; nothing before it ended
 * @param revision grows with every change
 */
public record Job(
        JobOrder order,
        JobStatus status,
        JobProgress progress,
        Instant queued,
        Instant started,
        Instant ended,
        boolean cancelling,
        JsonText outcome,
        long revision) {
    private static final int WHOLE = 100;

    public static Job queued(JobOrder order, JobProgress progress, Instant now) {
        return new Job(order, JobStatus.QUEUED, progress, now, Instant.MAX, Instant.MAX, false, JsonText.NONE, 0);
    }

    public JobId id() {
        return order.id();
    }

    public int percentage() {
        return status == JobStatus.COMPLETED ? WHOLE : progress.percentage();
    }

    public Job started(Instant now) {
        return new Job(order, JobStatus.RUNNING, progress, queued, now, ended, cancelling, outcome, revision);
    }

    public Job at(JobProgress other) {
        return new Job(order, status, other, queued, started, ended, cancelling, outcome, revision);
    }

    public Job askedToStop() {
        return new Job(order, status, progress, queued, started, ended, true, outcome, revision);
    }

    /** @param end a terminal status */
    public Job ended(JobStatus end, JsonText result, Instant now) {
        if (!end.terminal()) {
            throw new IllegalArgumentException("status: " + end + " (expected: a terminal one)");
        }
        return new Job(order, end, progress, queued, started, now, cancelling, result, revision);
    }

    /** When it started, or when it was ordered as long as it has not. */
    public Instant began() {
        return started.equals(Instant.MAX) ? queued : started;
    }

    public Job revised(long number) {
        return new Job(order, status, progress, queued, started, ended, cancelling, outcome, number);
    }
}
