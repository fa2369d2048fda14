package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.object.BucketName;
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
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.util.List;
import java.util.Optional;

/** Uploads in parts as far as a grant reaches. What an upload of a key may do is asked for that key. */
final class ConfinedObjectUploads implements ObjectUploads {
    private final ObjectUploads uploads;
    private final GrantGuard guard;
    private final BucketName bucket;
    private final BucketName source;

    /** @param source where copied parts come from */
    ConfinedObjectUploads(ObjectUploads uploads, GrantGuard guard, BucketName bucket, BucketName source) {
        this.uploads = uploads;
        this.guard = guard;
        this.bucket = bucket;
        this.source = source;
    }

    @Override
    public UploadRef start(ObjectKey key, UploadOptions options) {
        require(Action.UPLOAD_START, key.bytes());
        return uploads.start(key, options);
    }

    @Override
    public PartOutcome part(UploadRef upload, int number, Content content, List<ChecksumClaim> checksums) {
        try {
            require(Action.UPLOAD_PUT_PART, upload.key().bytes());
        } catch (StorageFailure.AccessDenied e) {
            content.close();
            throw e;
        }
        return uploads.part(upload, number, content, checksums);
    }

    @Override
    public PartOutcome copyPart(UploadRef upload, int number, CopySource from) {
        require(Action.UPLOAD_PUT_PART, upload.key().bytes());
        var read = from.object().version() == null ? Action.OBJECT_GET : Action.OBJECT_GET_VERSION;
        guard.require(read, new ResourceName(source.text(), from.object().key().bytes()));
        return uploads.copyPart(upload, number, from);
    }

    @Override
    public CompleteOutcome complete(UploadRef upload, List<PartClaim> parts, CompleteOptions options) {
        require(Action.UPLOAD_COMPLETE, upload.key().bytes());
        return uploads.complete(upload, parts, options);
    }

    @Override
    public boolean abort(UploadRef upload) {
        require(Action.UPLOAD_ABORT, upload.key().bytes());
        return uploads.abort(upload);
    }

    @Override
    public Optional<PartPage> parts(UploadRef upload, int after, int limit) {
        require(Action.UPLOAD_LIST_PARTS, upload.key().bytes());
        return uploads.parts(upload, after, limit);
    }

    @Override
    public UploadPage list(UploadQuery query) {
        require(Action.UPLOAD_LIST, query.prefix());
        var page = uploads.list(query);
        var within = page.entries().stream()
                .filter(entry -> guard.permits(Action.UPLOAD_LIST, name(key(entry))))
                .toList();
        return new UploadPage(within, page.next());
    }

    private static Bytes key(UploadPage.Entry entry) {
        return switch (entry) {
            case UploadPage.Entry.Upload upload -> upload.upload().key().bytes();
            case UploadPage.Entry.CommonPrefix common -> common.prefix();
        };
    }

    private void require(Action action, Bytes item) {
        guard.require(action, name(item));
    }

    private ResourceName name(Bytes item) {
        return new ResourceName(bucket.text(), item);
    }
}
