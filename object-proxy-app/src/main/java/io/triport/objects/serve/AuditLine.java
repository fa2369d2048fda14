package io.triport.objects.serve;

import io.triport.domain.identity.Grant;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.request.Fetch;
import io.triport.identity.sigv4.PostForm;
import io.triport.objects.wire.S3Operation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line for each write, and for each request that was denied. */
final class AuditLine {
    private static final Logger AUDIT = LoggerFactory.getLogger("triport.audit");
    private static final int DENIED = 403;

    private AuditLine() {}

    static void write(Fetch fetch, @Nullable S3Operation operation, @Nullable Grant grant, int status) {
        if (operation == null || status != DENIED && !changes(operation)) {
            return;
        }
        var line = begun(fetch, operation, grant, status);
        if (operation instanceof S3Operation.OnKey on) {
            line = line.addKeyValue("key", on.key().text());
        } else if (fetch.body() instanceof PostForm form) {
            line = line.addKeyValue("key", form.value(PostForm.KEY));
        }
        line.addKeyValue("bytes", fetch.body().length().orElse(-1)).log(status == DENIED ? "denied" : "written");
    }

    /** Of one of the objects that a request names in its body. */
    static void write(S3Call call, S3Operation operation, ObjectRef object, int status) {
        var line = begun(call.fetch(), operation, call.grant(), status)
                .addKeyValue("key", object.key().text());
        if (object.version() != null) {
            line = line.addKeyValue("version", object.version());
        }
        line.addKeyValue("bytes", 0).log(status == DENIED ? "denied" : "written");
    }

    private static LoggingEventBuilder begun(Fetch fetch, S3Operation operation, @Nullable Grant grant, int status) {
        var line = AUDIT.atInfo()
                .addKeyValue("request", fetch.id())
                .addKeyValue("operation", operation.label())
                .addKeyValue("status", status)
                .addKeyValue("peer", fetch.peer().address().getHostAddress());
        if (grant != null) {
            line = line.addKeyValue("principal", grant.principal().id())
                    .addKeyValue("credential", grant.principal().credential());
            for (var role : grant.principal().roles()) {
                line = line.addKeyValue("role", role);
            }
            var session = grant.principal().claims().text("session");
            if (session.isPresent()) {
                line = line.addKeyValue("session", session.get());
            }
            var id = grant.principal().claims().text("jti");
            if (id.isPresent()) {
                line = line.addKeyValue("token-id", id.get());
            }
        }
        if (operation instanceof S3Operation.InBucket in) {
            line = line.addKeyValue("bucket", in.bucket());
        }
        return line;
    }

    private static boolean changes(S3Operation operation) {
        return switch (operation) {
            case S3Operation.CreateBucket each -> true;
            case S3Operation.DeleteBucket each -> true;
            case S3Operation.PutBucketVersioning each -> true;
            case S3Operation.PutBucketCors each -> true;
            case S3Operation.DeleteBucketCors each -> true;
            case S3Operation.PutBucketTagging each -> true;
            case S3Operation.DeleteBucketTagging each -> true;
            case S3Operation.PutBucketAcl each -> true;
            case S3Operation.DeleteObjects each -> true;
            case S3Operation.PostObject each -> true;
            case S3Operation.PutObject each -> true;
            case S3Operation.CopyObject each -> true;
            case S3Operation.DeleteObject each -> true;
            case S3Operation.PutObjectTagging each -> true;
            case S3Operation.DeleteObjectTagging each -> true;
            case S3Operation.PutObjectAcl each -> true;
            case S3Operation.CreateMultipartUpload each -> true;
            case S3Operation.UploadPart each -> true;
            case S3Operation.UploadPartCopy each -> true;
            case S3Operation.CompleteMultipartUpload each -> true;
            case S3Operation.AbortMultipartUpload each -> true;
            case S3Operation.ListBuckets each -> false;
            case S3Operation.HeadBucket each -> false;
            case S3Operation.GetBucketLocation each -> false;
            case S3Operation.GetBucketVersioning each -> false;
            case S3Operation.GetBucketCors each -> false;
            case S3Operation.GetBucketTagging each -> false;
            case S3Operation.GetBucketAcl each -> false;
            case S3Operation.ListObjects each -> false;
            case S3Operation.ListObjectsV2 each -> false;
            case S3Operation.ListObjectVersions each -> false;
            case S3Operation.ListMultipartUploads each -> false;
            case S3Operation.Preflight each -> false;
            case S3Operation.GetObject each -> false;
            case S3Operation.HeadObject each -> false;
            case S3Operation.GetObjectAttributes each -> false;
            case S3Operation.GetObjectTagging each -> false;
            case S3Operation.GetObjectAcl each -> false;
            case S3Operation.ListParts each -> false;
        };
    }
}
