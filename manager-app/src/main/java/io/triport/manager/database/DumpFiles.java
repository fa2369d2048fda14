package io.triport.manager.database;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.time.Randomness;
import io.triport.manager.answer.Problem;
import io.triport.manager.job.JobFiles;
import io.triport.manager.job.SystemAccess;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of exports and imports, which lie where the files of jobs do until they are old. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class DumpFiles {
    private static final int NAME_BYTES = 16;

    private final SystemAccess access;
    private final Randomness randomness;

    DumpFiles(SystemAccess access, Randomness randomness) {
        this.access = access;
        this.randomness = randomness;
    }

    /** A name that no file has, and that nobody guesses. */
    String fresh() {
        return Bytes.copyOf(randomness.bytes(NAME_BYTES)).toHex() + ".sql";
    }

    /** @param content closed in any case */
    void keep(ObjectKey file, Content content) {
        try (content) {
            with(bucket -> stored(bucket.put(file, content, WriteOptions.PLAIN)));
        }
    }

    /** @throws io.triport.manager.answer.Refused STORAGE_UNAVAILABLE where it was not stored */
    static PutOutcome.Stored stored(PutOutcome outcome) {
        if (outcome instanceof PutOutcome.Stored done) {
            return done;
        }
        throw Problem.STORAGE_UNAVAILABLE.refused();
    }

    /** Works with the files of everybody, whatever the caller of the moment may reach: names come from what was verified. */
    <R> R with(Function<ObjectStore, R> work) {
        var done = new AtomicReference<@Nullable R>();
        access.under((system, storage) -> done.set(work.apply(storage.objects(system, JobFiles.BUCKET))));
        var result = done.get();
        if (result == null) {
            throw Problem.STORAGE_UNAVAILABLE.refused();
        }
        return result;
    }
}
