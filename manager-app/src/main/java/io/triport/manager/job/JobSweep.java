package io.triport.manager.job;

import io.triport.domain.identity.Grant;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** Removes files of jobs that nobody needs any more: some time after the end of their job, and those whose job was never ordered. */
public final class JobSweep {
    private final Clock clock;
    private final Duration kept;

    public JobSweep(Clock clock, Duration kept) {
        this.clock = clock;
        this.kept = kept;
    }

    public void run(Grant grant, Storage storage) {
        var bucket = storage.objects(grant, JobFiles.BUCKET);
        JobFiles.PASSING.forEach(folder -> run(grant, storage, bucket, folder));
    }

    private void run(Grant grant, Storage storage, ObjectStore bucket, String folder) {
        var query = ObjectQuery.of(folder);
        while (true) {
            var page = bucket.list(query);
            var old = new ArrayList<ObjectRef>();
            for (var entry : page.entries()) {
                if (entry instanceof Listed.Item item && over(grant, storage, item)) {
                    old.add(ObjectRef.current(item.info().key()));
                }
            }
            if (!old.isEmpty()) {
                bucket.delete(old, Conditions.NONE);
            }
            if (!(page instanceof ObjectPage.More more)) {
                return;
            }
            query = query.from(new ListStart.Resumed(more.next()));
        }
    }

    private boolean over(Grant grant, Storage storage, Listed.Item item) {
        var limit = clock.instant().minus(kept);
        if (!item.info().modified().isBefore(limit)) {
            return false;
        }
        return ended(grant, storage, item.info().key()).isBefore(limit);
    }

    private static Instant ended(Grant grant, Storage storage, ObjectKey key) {
        var name = key.text();
        try {
            var id = new JobId(name.substring(name.indexOf('/') + 1));
            return storage.jobLedger(grant).find(id).map(job -> job.ended()).orElse(Instant.MIN);
        } catch (InvalidInput e) {
            return Instant.MAX;
        }
    }
}
