package io.triport.domain.object;

import java.time.Duration;

/** Bounds of the port (storage contract, section 4.2). Lengths in bytes. */
public final class ObjectLimits {
    public static final int METADATA_BYTES = 8_192;
    public static final long PUT_BYTES = 5L << 30;
    public static final long OBJECT_BYTES = 5L << 40;
    public static final int PARTS = 10_000;
    public static final long LEAST_PART_BYTES = 5L << 20;
    public static final int LIST_LIMIT = 1_000;
    public static final int DELETE_AT_ONCE = 1_000;
    public static final int TAGS = 10;

    /** How long an unfinished upload is kept by default. */
    public static final Duration UPLOADS_KEPT = Duration.ofDays(7);

    private ObjectLimits() {}
}
