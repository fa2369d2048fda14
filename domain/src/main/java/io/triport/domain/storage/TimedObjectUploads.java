package io.triport.domain.storage;

import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PartPage;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UploadRef;
import io.triport.domain.request.Content;
import java.util.List;
import java.util.Optional;

/** Tells how long each call took and what it came to. */
final class TimedObjectUploads implements ObjectUploads {
    private final ObjectUploads uploads;
    private final CallTimer timer;

    TimedObjectUploads(ObjectUploads uploads, CallTimer timer) {
        this.uploads = uploads;
        this.timer = timer;
    }

    @Override
    public UploadRef start(ObjectKey key, UploadOptions options) {
        return timer.about(key.bytes())
                .change("start-upload", () -> uploads.start(key, options), TimedObjectStore::named);
    }

    @Override
    public PartOutcome part(UploadRef upload, int number, Content content, List<ChecksumClaim> checksums) {
        return timer.about(upload.key().bytes())
                .carry(
                        "put-part",
                        content,
                        carried -> uploads.part(upload, number, carried, checksums),
                        outcome -> TimedObjectStore.named(outcome)
                                .bringing(
                                        outcome instanceof PartOutcome.Stored stored
                                                ? stored.part().size()
                                                : 0));
    }

    @Override
    public PartOutcome copyPart(UploadRef upload, int number, CopySource source) {
        return timer.about(upload.key().bytes())
                .changePatiently("copy-part", () -> uploads.copyPart(upload, number, source), TimedObjectStore::named);
    }

    @Override
    public CompleteOutcome complete(UploadRef upload, List<PartClaim> parts, CompleteOptions options) {
        return timer.about(upload.key().bytes())
                .changePatiently(
                        "complete-upload", () -> uploads.complete(upload, parts, options), TimedObjectStore::named);
    }

    @Override
    public boolean abort(UploadRef upload) {
        return timer.about(upload.key().bytes())
                .change(
                        "abort-upload",
                        () -> uploads.abort(upload),
                        found -> new StorageCall.Done("found", Boolean.toString(found)));
    }

    @Override
    public Optional<PartPage> parts(UploadRef upload, int after, int limit) {
        return timer.about(upload.key().bytes())
                .read(
                        "list-parts",
                        () -> uploads.parts(upload, after, limit),
                        page -> new StorageCall.Done("found", Boolean.toString(page.isPresent())));
    }

    @Override
    public UploadPage list(UploadQuery query) {
        return timer.read(
                "list-uploads",
                () -> uploads.list(query),
                page -> new StorageCall.Done(
                        "entries", Integer.toString(page.entries().size())));
    }
}
