package io.triport.manager.job;

import io.triport.domain.identity.Grant;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Removes files that nobody needs any more: some time after the end of their job, or of their links, and those whose job was never ordered. */
public final class JobSweep {
    /*
     * What a dead node leaves
     *
     * A file is there as a whole or not at all, but one that is written in parts keeps the parts that came before the node died. The
     * job goes on with those of which its row tells; the rest belong to nobody. They go with the files of their job. An upload that
     * bears no job's name, such as a backup's, goes when it is as old as the store keeps one at most.
     */
    private static final Duration LINKS_OVER = Duration.ofHours(2);

    private final Duration kept;

    public JobSweep(Duration kept) {
        this.kept = kept;
    }

    public void run(Scheduled tick, Grant grant, Storage storage) {
        var round = new Round(tick.receivedAt(), grant, storage);
        JobFiles.PASSING.forEach(folder -> round.files(folder, round::over));
        JobFiles.LINKED.forEach(folder -> round.files(folder, round::linksOver));
        round.uploads();
    }

    /** One time that the sweep falls due. */
    private final class Round {
        private final Instant now;
        private final Grant grant;
        private final Storage storage;
        private final ObjectStore bucket;

        private Round(Instant now, Grant grant, Storage storage) {
            this.now = now;
            this.grant = grant;
            this.storage = storage;
            this.bucket = storage.objects(grant, JobFiles.BUCKET);
        }

        private void files(String folder, BiPredicate<ObjectKey, Instant> over) {
            var query = ObjectQuery.of(folder);
            while (true) {
                var page = bucket.list(query);
                var old = new ArrayList<ObjectRef>();
                for (var entry : page.entries()) {
                    if (entry instanceof Listed.Item item
                            && over.test(item.info().key(), item.info().modified())) {
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

        private void uploads() {
            UploadPage.@Nullable Position position = null;
            do {
                var page = bucket.uploads()
                        .list(new UploadQuery(
                                Bytes.EMPTY,
                                Bytes.EMPTY,
                                position == null ? Bytes.EMPTY : position.key(),
                                position == null ? null : position.upload(),
                                ObjectLimits.LIST_LIMIT));
                for (var entry : page.entries()) {
                    if (entry instanceof UploadPage.Entry.Upload(var upload, var started, var options)
                            && given(upload.key(), started)) {
                        bucket.uploads().abort(upload);
                    }
                }
                position = page.next();
            } while (position != null);
        }

        /** Whether an upload has been given up. */
        private boolean given(ObjectKey key, Instant started) {
            return JobFiles.PASSING.stream().anyMatch(key.text()::startsWith)
                    ? over(key, started)
                    : started.isBefore(now.minus(ObjectLimits.UPLOADS_KEPT));
        }

        private boolean over(ObjectKey key, Instant written) {
            var limit = now.minus(kept);
            return written.isBefore(limit) && ended(key).isBefore(limit);
        }

        private boolean linksOver(ObjectKey key, Instant written) {
            return written.isBefore(now.minus(LINKS_OVER));
        }

        private Instant ended(ObjectKey key) {
            var name = key.text();
            try {
                var id = new JobId(name.substring(name.indexOf('/') + 1));
                return storage.jobLedger(grant).find(id).map(job -> job.ended()).orElse(Instant.MIN);
            } catch (InvalidInput e) {
                return Instant.MAX;
            }
        }
    }
}
