package io.triport.domain.table;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param id grows with every event of all jobs; 0 before it is kept
 * @param kind such as {@code progress_25}; each kind happens to a job once
 * @param details a JSON object, or nothing
 */
public record JobEvent(long id, JobId job, String kind, String user, Instant at, JsonText details) {}
