package io.triport.manager.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Job;

/** Knows how jobs are done. */
public interface JobWorks {
    /**
     * The work of a job from a position on.
     *
     * @param means what the work is done with
     * @param position as the last batch said it; empty at the beginning
     * @throws JobFailed where it cannot be begun
     */
    JobWork open(Job job, Means means, JsonNode position);

    /** Whether this node has what the job needs beside the data: a file lies on the node to which it was sent. */
    default boolean here(Job job, Grant system, Storage storage) {
        return true;
    }

    /**
     * What a work is done with.
     *
     * @param system reaches the jobs' own files
     * @param person reaches what the person may reach whose job it is
     */
    record Means(Storage storage, Grant system, Grant person) {}
}
