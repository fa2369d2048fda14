package io.triport.storage.s3;

import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.UploadRef;
import java.util.List;
import java.util.stream.Collectors;

/** How long an object would be that some parts of an upload make. */
record PartSizes(Control control, String bucket) {
    /** Those that there are: the endpoint refuses the others. */
    long of(UploadRef upload, List<PartClaim> parts) {
        var claimed = parts.stream().map(PartClaim::number).collect(Collectors.toSet());
        var size = 0L;
        var after = 0;
        while (true) {
            var behind = after;
            var page = control.mustCall(
                    Effect.NONE,
                    client -> client.listParts(request -> request.bucket(bucket)
                            .key(upload.key().text())
                            .uploadId(upload.id().text())
                            .partNumberMarker(behind)
                            .maxParts(ObjectLimits.LIST_LIMIT)),
                    Uploaded::page);
            for (var part : page.parts()) {
                size += claimed.contains(part.number()) ? part.size() : 0;
            }
            if (!page.more() || page.parts().isEmpty()) {
                return size;
            }
            after = page.parts().getLast().number();
        }
    }
}
