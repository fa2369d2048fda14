package io.triport.manager.job;

import io.triport.domain.storage.Storage;
import java.util.Optional;

/** At most 500 items of a job. */
public interface JobBatch {
    int MOST_ITEMS = 500;

    /** Does them; what it writes commits together with the job's row, or not at all. */
    JobStep apply(Storage unit);

    /** What does the same with as little room as can be, where there is such a thing: asked for on a full disk. */
    default Optional<JobBatch> sparing() {
        return Optional.empty();
    }
}
