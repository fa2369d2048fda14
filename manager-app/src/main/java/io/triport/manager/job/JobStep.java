package io.triport.manager.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.JobError;
import java.util.List;

/**
 * What a batch came to.
 *
 * @param processed items that were looked at
 * @param currentKey the last of them
 * @param position where to go on after an interruption
 */
public record JobStep(int processed, List<JobError> errors, String currentKey, ObjectNode position) {
    public JobStep {
        errors = List.copyOf(errors);
        position = position.deepCopy();
    }
}
