package io.triport.storage.object;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away the parts that nobody needs: of uploads that were aborted or forgotten, and of objects that are gone. */
final class Housekeeping {
    /*
     * A change that drops an upload only says so in its row. Its parts, up to 10000, go in steps afterwards, and not while
     * somebody reads them: the last reader asks again. What a crash leaves, or readers on other nodes, is found by the next sweep.
     */
    static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    /** How long a completion is answered once more. */
    static final Duration COMPLETION_KEPT = Duration.ofHours(1);

    private static final int PARTS_PER_STEP = 500;
    private static final int UPLOADS_PER_STEP = 100;

    private final ObjectIndex index;
    private final Pins pins;
    private final Clock clock;

    Housekeeping(ObjectIndex index, Pins pins, Clock clock) {
        this.index = index;
        this.pins = pins;
        this.clock = clock;
    }

    /** Drops uploads that are older than they are kept, and collects all that were dropped. */
    void sweep(Duration kept) {
        var old = clock.instant().minus(kept).toEpochMilli();
        var above = 0L;
        while (true) {
            var after = above;
            var found = index.read(rows -> rows.uploadsToCollect(old, after, UPLOADS_PER_STEP));
            for (var upload : found) {
                if (!upload.dropped()) {
                    index.write(changes -> drop(changes, upload.number()));
                }
                collect(upload.number());
                above = upload.number();
            }
            if (found.size() < UPLOADS_PER_STEP) {
                return;
            }
        }
    }

    /** Drops all uploads of keys with a prefix that are not completed. A failure leaves them to the next sweep. */
    void dropUploads(Bytes prefix) {
        try {
            var dropped = 1;
            while (dropped > 0) {
                var open = index.write(changes -> {
                    var found = changes.openUploads(prefix, -1, KeyRanges.behind(prefix), UPLOADS_PER_STEP);
                    found.forEach(upload -> drop(changes, upload.number()));
                    return found;
                });
                open.forEach(upload -> collect(upload.number()));
                dropped = open.size();
            }
        } catch (StorageFailure e) {
            LOG.warn("uploads not removed, which is tried again", e);
        }
    }

    /** Marks an upload whose parts are not needed any more. */
    static boolean drop(ObjectChanges changes, long number) {
        changes.upload(number)
                .filter(upload -> !upload.dropped())
                .ifPresent(upload -> changes.update(upload.dropping()));
        return true;
    }

    void collect(List<Long> uploads) {
        uploads.forEach(this::collect);
    }

    /** Takes away the parts of a dropped upload, unless somebody reads them. A failure leaves them to the next sweep. */
    void collect(long upload) {
        try {
            while (!pins.has(upload) && index.write(changes -> step(changes, upload))) {
                LOG.debug("removed parts upload={}", upload);
            }
        } catch (StorageFailure e) {
            LOG.warn("parts not removed, which is tried again", e);
        }
    }

    /** Somebody reads an upload's parts no more. Mostly it was not dropped: so one looks before one waits for the writer. */
    void released(long upload) {
        try {
            if (!index.shared()
                    && !pins.has(upload)
                    && index.read(rows -> rows.upload(upload))
                            .filter(UploadRow::dropped)
                            .isPresent()) {
                collect(upload);
            }
        } catch (StorageFailure e) {
            LOG.warn("parts not looked at, which is done at the next sweep", e);
        }
    }

    /** @return whether there is more to do */
    private boolean step(ObjectChanges changes, long number) {
        var upload = changes.upload(number).filter(UploadRow::dropped);
        if (upload.isEmpty() || !changes.unread(number)) {
            return false;
        }
        var parts = changes.parts(number, 0, PARTS_PER_STEP);
        for (var part : parts) {
            changes.deletePart(number, part.number());
            changes.unnamed(part.bytes());
        }
        var completion = upload.get().completion();
        if (parts.isEmpty() && (completion == null || !answers(completion))) {
            changes.deleteUpload(number);
        }
        return !parts.isEmpty();
    }

    private boolean answers(UploadRow.Completion completion) {
        return !completion.at().plus(COMPLETION_KEPT).isBefore(clock.instant());
    }
}
