package io.triport.manager.job;

import io.triport.domain.request.ByteSize;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.time.Duration;

/**
 * The bounds of jobs.
 *
 * @param atOnce jobs that run at once, 1..64
 * @param longestImport of a body
 * @param filesKept how long files of jobs are kept after their end
 * @param kept how long ended jobs are kept, with their events
 */
public record JobSettings(int atOnce, ByteSize longestImport, Duration filesKept, Duration kept) {
    private static final int MOST_AT_ONCE = 64;
    private static final ByteSize SHORTEST_IMPORT = ByteSize.ofMiB(1);
    private static final ByteSize LONGEST_IMPORT = ByteSize.ofMiB(1024);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** @param manager the section {@code triport.manager} */
    public static JobSettings read(Section manager) {
        var jobs = manager.section("jobs");
        return new JobSettings(
                jobs.value("at-once", Value.integer(1, MOST_AT_ONCE), "4", "Jobs that run at once on a node."),
                jobs.value(
                        "longest-import",
                        Value.size(SHORTEST_IMPORT, LONGEST_IMPORT),
                        "1024MiB",
                        "The longest body of an import."),
                jobs.value(
                        "files-kept",
                        Value.duration(Duration.ofMinutes(10), LONGEST),
                        "24h",
                        "How long what a job wrote can be downloaded after its end."),
                jobs.value(
                        "kept",
                        Value.duration(DAY, LONGEST),
                        "90d",
                        "How long ended jobs are kept, with their events and errors."));
    }
}
