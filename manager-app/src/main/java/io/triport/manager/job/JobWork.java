package io.triport.manager.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What a job does, from where it stands on. For one thread. Every method may throw {@link JobFailed}, which ends the job. */
public interface JobWork extends AutoCloseable {
    /** Makes the next batch ready, outside of any unit; null when all is done. */
    @Nullable
    JobBatch next() throws InterruptedException;

    /** What is left to do when the last batch has been. Harmless when it was done before. @return what the job came to */
    ObjectNode finish() throws InterruptedException;

    /** The job has ended otherwise: takes away what nobody shall see. */
    default void discard() {}

    @Override
    void close();
}
