package io.triport.domain.table;

import io.triport.domain.request.InvalidInput;

/**
 * How far a job has come.
 *
 * @param total items, or -1 while it is not known
 * @param processed items that were looked at, errors and skipped ones included
 * @param currentKey the item that was looked at last; empty before the first
 * @param checkpoint where to go on after an interruption, in the operation's own words
 */
public record JobProgress(long total, long processed, long errors, String currentKey, JsonText checkpoint) {
    public static final long UNKNOWN = -1;
    public static final JobProgress NONE = new JobProgress(UNKNOWN, 0, 0, "", JsonText.NONE);

    private static final int WHOLE = 100;

    /** @throws InvalidInput for a negative count */
    public JobProgress {
        if (total < UNKNOWN || processed < 0 || errors < 0) {
            throw new InvalidInput("progress", "counts of 0 or more");
        }
    }

    /** 0..99 of what is known; only a completed job is at 100. */
    public int percentage() {
        if (total <= 0) {
            return 0;
        }
        return (int) Math.min(WHOLE - 1, processed * WHOLE / total);
    }
}
