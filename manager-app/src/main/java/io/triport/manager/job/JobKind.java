package io.triport.manager.job;

import io.triport.domain.table.JobId;
import io.triport.domain.time.Randomness;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/** What jobs can do. */
public enum JobKind {
    BULK_DELETE("bulk_delete", "delete", Effect.WRITES),
    BULK_COPY("bulk_copy", "copy", Effect.WRITES),
    BULK_TTL("bulk_ttl_update", "ttl", Effect.WRITES),
    BULK_TAG("bulk_tag", "tag", Effect.WRITES),
    EXPORT("export", "export", Effect.READS),
    IMPORT("import", "import", Effect.WRITES),
    R2_BACKUP("r2_backup", "r2-backup", Effect.READS),
    R2_BATCH_BACKUP("batch_r2_backup", "r2-batch-backup", Effect.READS),
    R2_RESTORE("r2_restore", "r2-restore", Effect.WRITES),
    R2_BATCH_RESTORE("batch_r2_restore", "r2-batch-restore", Effect.WRITES),
    R2_COPY("r2_copy", "r2-copy", Effect.READS),
    MIGRATE("migrate", "migrate", Effect.WRITES),
    RETENTION("retention", "retention", Effect.READS),
    INDEX_CHECK("index_check", "index-check", Effect.READS),
    VALUE_SEARCH("value_search", "search", Effect.READS);

    /** Sixteen digits in base 36 of 80 bits that nobody can guess. */
    private static final int RANDOM_BYTES = 10;

    private static final int RADIX = 36;
    private static final int DIGITS = 16;

    private final String operation;
    private final String prefix;
    private final Effect effect;

    JobKind(String operation, String prefix, Effect effect) {
        this.operation = operation;
        this.prefix = prefix;
        this.effect = effect;
    }

    /** Whether the keys of its namespace change. */
    public enum Effect {
        READS,
        WRITES
    }

    /** The kind of an operation as a job's row has it. */
    public static Optional<JobKind> of(String operation) {
        return Arrays.stream(values())
                .filter(kind -> kind.operation.equals(operation))
                .findFirst();
    }

    /** An operation as filters name it: one of them has two names there. */
    public static String named(String operation) {
        return operation.equals("bulk_ttl") ? BULK_TTL.operation : operation;
    }

    public String operation() {
        return operation;
    }

    public Effect effect() {
        return effect;
    }

    /** A new id, which tells the kind and the time and cannot be guessed. */
    public JobId fresh(Clock clock, Randomness randomness) {
        var random = new BigInteger(1, randomness.bytes(RANDOM_BYTES)).toString(RADIX);
        return new JobId(prefix + "-" + clock.millis() + "-" + "0".repeat(DIGITS - random.length()) + random);
    }
}
