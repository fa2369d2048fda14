package io.triport.manager.job;

import io.triport.domain.request.ByteSize;
import java.time.Duration;

/**
 * The bounds of jobs.
 *
 * @param atOnce jobs that run at once, 1..64
 * @param longestImport of a body
 * @param kept how long files of jobs are kept after their end
 */
public record JobSettings(int atOnce, ByteSize longestImport, Duration kept) {
    public static final JobSettings USUAL = new JobSettings(4, ByteSize.ofMiB(1024), Duration.ofHours(24));
}
