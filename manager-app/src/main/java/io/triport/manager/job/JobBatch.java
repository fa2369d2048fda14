package io.triport.manager.job;

import io.triport.domain.storage.Storage;

/** At most 500 items of a job. */
public interface JobBatch {
    int MOST_ITEMS = 500;

    /** Does them; what it writes commits together with the job's row, or not at all. */
    JobStep apply(Storage unit);
}
