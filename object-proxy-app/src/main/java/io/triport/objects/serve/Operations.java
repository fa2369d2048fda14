package io.triport.objects.serve;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.identity.Grant;
import io.triport.domain.object.BucketName;
import io.triport.domain.request.Fetch;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.BucketChanges;
import io.triport.objects.bucket.Buckets;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.Times;
import io.triport.objects.wire.XmlWriter;
import java.util.Optional;

/** Does what requests want that were admitted. Safe for many threads. */
public final class Operations {
    private final String region;
    private final Making making;
    private final Listing listing;

    /** @param seal of the tokens by which listings go on */
    public Operations(String region, BucketChanges changes, CursorSeal seal) {
        this.region = region;
        this.making = new Making(changes, region);
        this.listing = new Listing(seal);
    }

    /** Those buckets that the caller can do something with. */
    StreamReply buckets(Grant grant, Buckets buckets) {
        var xml = XmlWriter.of("ListAllMyBucketsResult");
        Replies.owner(xml, "Owner");
        xml.begin("Buckets");
        for (var bucket : buckets.all()) {
            if (grant.reaches(bucket.name().text())
                    && bucket.open(grant.principal().roles())) {
                xml.begin("Bucket")
                        .element("Name", bucket.name().text())
                        .element("CreationDate", Times.document(bucket.about().created()))
                        .end();
            }
        }
        return Replies.xml(xml);
    }

    /** Of a bucket that there need not be. */
    StreamReply create(Fetch fetch, Grant grant, BucketName name, Optional<Bucket> present) {
        return making.create(fetch, grant, name, present);
    }

    StreamReply in(S3Call call, S3Operation.InBucket operation) {
        return switch (operation) {
            case S3Operation.OnKey on -> on(call, on);
            case S3Operation.HeadBucket head -> Describing.head(call, region);
            case S3Operation.ListObjects list -> listing.first(call, list);
            case S3Operation.ListObjectsV2 list -> listing.second(call, list);
            case S3Operation.ListObjectVersions list -> listing.versions(call, list);
            case S3Operation.ListMultipartUploads list -> UploadListing.uploads(call, list);
            case S3Operation.DeleteObjects delete -> DeletingMany.delete(call, delete);
            case S3Operation.GetBucketLocation get -> Describing.location(call, region);
            case S3Operation.GetBucketVersioning get -> Describing.versioning(call);
            case S3Operation.GetBucketCors get -> Describing.cors(call);
            case S3Operation.GetBucketTagging get -> Describing.bucketTags(call);
            case S3Operation.GetBucketAcl get -> Describing.bucketAcl(call);
            case S3Operation.PutBucketAcl put -> Describing.putBucketAcl(call);
            case S3Operation.CreateBucket create -> throw new IllegalStateException("a bucket need not be there");
            case S3Operation.DeleteBucket delete -> making.delete(call);
            case S3Operation.PutBucketVersioning put -> making.putVersioning(call);
            case S3Operation.PutBucketCors put -> making.putCors(call);
            case S3Operation.DeleteBucketCors delete -> making.deleteCors(call);
            case S3Operation.PutBucketTagging put -> making.putTags(call);
            case S3Operation.DeleteBucketTagging delete -> making.deleteTags(call);
            case S3Operation.PostObject post -> Posting.post(call);
            case S3Operation.Preflight preflight -> throw new IllegalStateException("a preflight is not admitted");
        };
    }

    private static StreamReply on(S3Call call, S3Operation.OnKey operation) {
        return switch (operation) {
            case S3Operation.GetObject get -> Reading.get(call, get);
            case S3Operation.HeadObject head -> Reading.head(call, head);
            case S3Operation.PutObject put -> Writing.put(call, put);
            case S3Operation.CopyObject copy -> Copying.copy(call, copy);
            case S3Operation.DeleteObject delete -> Writing.delete(call, delete);
            case S3Operation.GetObjectAttributes get -> Describing.attributes(call, get);
            case S3Operation.GetObjectTagging get -> Describing.tags(call, get);
            case S3Operation.PutObjectTagging put -> Describing.putTags(call, put);
            case S3Operation.DeleteObjectTagging delete -> Describing.deleteTags(call, delete);
            case S3Operation.GetObjectAcl get -> Describing.objectAcl(call, get);
            case S3Operation.PutObjectAcl put -> Describing.putObjectAcl(call, put);
            case S3Operation.CreateMultipartUpload create -> Uploads.create(call, create);
            case S3Operation.UploadPart part -> Uploads.part(call, part);
            case S3Operation.UploadPartCopy part -> Copying.part(call, part);
            case S3Operation.CompleteMultipartUpload complete -> Uploads.complete(call, complete);
            case S3Operation.AbortMultipartUpload abort -> Uploads.abort(call, abort);
            case S3Operation.ListParts list -> UploadListing.parts(call, list);
        };
    }
}
