package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.manager.job.JobFailed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that is written in parts, and goes on after a restart behind the last part that was kept. For one thread. */
final class ExportFile {
    static final int PART_BYTES = 8 * 1024 * 1024;

    private static final int PARTS_AT_ONCE = 1_000;

    private final ObjectStore bucket;
    private final ObjectKey key;
    private @Nullable UploadRef upload;
    private int parts;

    /** @param position as {@link #describe} wrote it; empty for a new file */
    ExportFile(ObjectStore bucket, ObjectKey key, JsonNode position) {
        this.bucket = bucket;
        this.key = key;
        this.upload = position.has("upload")
                ? new UploadRef(key, new UploadId(position.get("upload").asText()))
                : null;
        this.parts = position.path("parts").asInt();
    }

    /** Keeps another part; only the last may be shorter than {@link #PART_BYTES}. */
    void add(Bytes bytes) {
        if (upload == null) {
            upload = bucket.uploads().start(key, UploadOptions.PLAIN);
        }
        var outcome = bucket.uploads().part(upload, parts + 1, Content.of(bytes), List.of());
        if (!(outcome instanceof PartOutcome.Stored)) {
            throw lost();
        }
        parts++;
    }

    /** Makes the file of its parts and what is left. @return its size */
    long end(Bytes rest) {
        var began = upload;
        if (began == null) {
            if (bucket.put(key, Content.of(rest), WriteOptions.PLAIN) instanceof PutOutcome.Stored stored) {
                return stored.info().size();
            }
            throw lost();
        }
        if (!rest.isEmpty()) {
            add(rest);
        }
        var completed = bucket.uploads().complete(began, claims(began), CompleteOptions.PLAIN);
        if (completed instanceof CompleteOutcome.Completed done) {
            return done.info().size();
        }
        throw lost();
    }

    /** Takes away what there is of it. */
    void discard() {
        if (upload != null) {
            bucket.uploads().abort(upload);
        }
        bucket.delete(List.of(ObjectRef.current(key)), Conditions.NONE);
    }

    void describe(ObjectNode position) {
        if (upload != null) {
            position.put("upload", upload.id().text()).put("parts", parts);
        }
    }

    private List<PartClaim> claims(UploadRef began) {
        var claims = new ArrayList<PartClaim>();
        while (claims.size() < parts) {
            var page =
                    bucket.uploads().parts(began, claims.size(), PARTS_AT_ONCE).orElseThrow(ExportFile::lost);
            page.parts().stream()
                    .filter(part -> part.number() <= parts)
                    .forEach(part -> claims.add(new PartClaim(part.number(), part.etag(), null)));
            if (page.parts().isEmpty()) {
                throw lost();
            }
        }
        return claims;
    }

    private static JobFailed lost() {
        return new JobFailed("interrupted", "The file of the export was lost on its way");
    }
}
