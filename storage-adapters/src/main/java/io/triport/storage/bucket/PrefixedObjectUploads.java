package io.triport.storage.bucket;

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
import io.triport.domain.request.InvalidInput;
import java.util.List;
import java.util.Optional;

/** Uploads below a prefix. */
final class PrefixedObjectUploads implements ObjectUploads {
    private final ObjectUploads uploads;
    private final KeyAffix affix;
    private final KeyAffix source;

    /** @param source before the keys of what copied parts come from */
    PrefixedObjectUploads(ObjectUploads uploads, KeyAffix affix, KeyAffix source) {
        this.uploads = uploads;
        this.affix = affix;
        this.source = source;
    }

    @Override
    public UploadRef start(ObjectKey key, UploadOptions options) {
        return affix.outside(uploads.start(affix.inside(key), options));
    }

    @Override
    public PartOutcome part(UploadRef upload, int number, Content content, List<ChecksumClaim> checksums) {
        UploadRef inside;
        try {
            inside = affix.inside(upload);
        } catch (InvalidInput e) {
            content.close();
            throw e;
        }
        return uploads.part(inside, number, content, checksums);
    }

    @Override
    public PartOutcome copyPart(UploadRef upload, int number, CopySource from) {
        return uploads.copyPart(affix.inside(upload), number, source.inside(from));
    }

    @Override
    public CompleteOutcome complete(UploadRef upload, List<PartClaim> parts, CompleteOptions options) {
        return affix.outside(uploads.complete(affix.inside(upload), parts, options));
    }

    @Override
    public boolean abort(UploadRef upload) {
        return uploads.abort(affix.inside(upload));
    }

    @Override
    public Optional<PartPage> parts(UploadRef upload, int after, int limit) {
        return uploads.parts(affix.inside(upload), after, limit);
    }

    @Override
    public UploadPage list(UploadQuery query) {
        var after = query.after().isEmpty() ? query.after() : affix.inside(query.after());
        return affix.outside(uploads.list(new UploadQuery(
                affix.inside(query.prefix()), query.delimiter(), after, query.afterUpload(), query.limit())));
    }
}
