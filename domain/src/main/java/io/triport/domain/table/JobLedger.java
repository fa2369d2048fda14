package io.triport.domain.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The truth about jobs: what was ordered, how far it is, what happened. A job whose row says queued or running is to be done, also
 * after the process that began it has died. Safe for many threads; of two changes of one job at once the second is refused.
 */
public interface JobLedger {
    /** Writes down a new job. @throws StorageFailure.Rejected CONFLICT when the id is taken */
    void add(Job job);

    Optional<Job> find(JobId id);

    JobPage page(JobQuery query);

    /**
     * Replaces a job's row if it is still at the revision of {@code job}, and never one that is at its end.
     *
     * @return the job with its new revision, or empty when it has changed meanwhile or has ended
     */
    Optional<Job> update(Job job);

    /** Adds events whose kind the job does not have yet. @return those that were added, with their ids */
    List<JobEvent> record(List<JobEvent> events);

    /** At most so many events of a job behind an id, in the order of their ids. */
    List<JobEvent> events(JobId job, long after, int limit);

    /** Keeps items that failed, of each job the first 1,000. */
    void failed(JobId job, List<JobError> errors);

    /** At most so many of the kept failures behind a number, in the order in which they were. */
    List<JobError> errors(JobId job, long after, int limit);

    /**
     * Removes jobs that ended before, those that began first coming first, with their events and failures; at most so many.
     *
     * @return how many were removed
     */
    int forget(Instant before, int most);
}
