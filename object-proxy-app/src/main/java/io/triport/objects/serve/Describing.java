package io.triport.objects.serve;

import io.triport.domain.identity.Action;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.Tags;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.bucket.CorsRule;
import io.triport.objects.wire.BodyDigest;
import io.triport.objects.wire.MetadataFields;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.Times;
import io.triport.objects.wire.XmlElement;
import io.triport.objects.wire.XmlWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What is said of objects and buckets beside their bytes: tags, attributes, access lists, what is configured. */
final class Describing {
    private static final Set<String> ATTRIBUTES =
            Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");
    private static final int PART_ATTRIBUTES = 1_000;
    private static final ByteSize ACCESS_LIST = ByteSize.ofKiB(64);

    private Describing() {}

    static StreamReply tags(S3Call call, S3Operation.GetObjectTagging operation) {
        var tags = call.store()
                .tagging()
                .get(operation.object())
                .orElseThrow(() -> Reading.missing(call, operation.object()));
        return tagging(tags);
    }

    private static StreamReply tagging(Tags tags) {
        var xml = XmlWriter.of("Tagging").begin("TagSet");
        new TreeMap<>(tags.entries())
                .forEach((name, value) -> xml.begin("Tag")
                        .element("Key", name)
                        .element("Value", value)
                        .end());
        return Replies.xml(xml.end());
    }

    static StreamReply putTags(S3Call call, S3Operation.PutObjectTagging operation) {
        call.requireWritable();
        var tagging = call.store().tagging();
        if (!tagging.put(operation.object(), MetadataFields.tags(call.xml()))) {
            throw Reading.missing(call, operation.object());
        }
        return Replies.empty(200);
    }

    static StreamReply deleteTags(S3Call call, S3Operation.DeleteObjectTagging operation) {
        call.requireWritable();
        if (!call.store().tagging().put(operation.object(), Tags.NONE)) {
            throw Reading.missing(call, operation.object());
        }
        return Replies.empty(204);
    }

    static StreamReply attributes(S3Call call, S3Operation.GetObjectAttributes operation) {
        var wanted = call.headers().all("x-amz-object-attributes").stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        if (wanted.isEmpty() || !ATTRIBUTES.containsAll(wanted)) {
            throw S3Error.INVALID_ARGUMENT
                    .refused("Invalid attribute name specified.")
                    .with("ArgumentName", "x-amz-object-attributes");
        }
        var info = Reading.info(call, operation.object());
        var xml = XmlWriter.of("GetObjectAttributesResponse");
        if (wanted.contains("ETag")) {
            xml.element("ETag", info.etag().text());
        }
        if (wanted.contains("Checksum") && info.checksum() != null) {
            xml.begin("Checksum");
            Replies.checksum(xml, info.checksum(), info.etag());
            xml.end();
        }
        if (wanted.contains("ObjectParts") && !info.parts().isEmpty()) {
            parts(xml, info);
        }
        if (wanted.contains("StorageClass")) {
            xml.element("StorageClass", info.storageClass().text());
        }
        if (wanted.contains("ObjectSize")) {
            xml.element("ObjectSize", info.size());
        }
        var reply = Replies.xml(xml).with("Last-Modified", Times.field(info.modified()));
        return call.names(info.version())
                ? reply.with("x-amz-version-id", info.version().text())
                : reply;
    }

    private static void parts(XmlWriter xml, ObjectInfo info) {
        var shown =
                info.parts().subList(0, Math.min(PART_ATTRIBUTES, info.parts().size()));
        xml.begin("ObjectParts")
                .element("PartsCount", info.parts().size())
                .element("PartNumberMarker", 0)
                .element("NextPartNumberMarker", shown.getLast().number())
                .element("MaxParts", PART_ATTRIBUTES)
                .element(
                        "IsTruncated",
                        Boolean.toString(shown.size() < info.parts().size()));
        for (var part : shown) {
            xml.begin("Part").element("PartNumber", part.number()).element("Size", part.size());
            xml.end();
        }
        xml.end();
    }

    /** Everything is its owner's; who else may do what, roles and scopes say. */
    static StreamReply acl() {
        var xml = XmlWriter.of("AccessControlPolicy");
        Replies.owner(xml, "Owner");
        xml.begin("AccessControlList")
                .begin("Grant")
                .beginGrantee("CanonicalUser")
                .element("ID", Replies.OWNER)
                .element("DisplayName", Replies.OWNER)
                .end();
        return Replies.xml(xml.element("Permission", "FULL_CONTROL"));
    }

    static StreamReply objectAcl(S3Call call, S3Operation.GetObjectAcl operation) {
        var lists = call.store().accessLists();
        if (lists.isEmpty()) {
            Reading.info(call, operation.object());
            return acl();
        }
        var list = lists.get().get(operation.object()).orElseThrow(() -> Reading.missing(call, operation.object()));
        return StreamReply.of(200, "application/xml", list);
    }

    static StreamReply putObjectAcl(S3Call call, S3Operation.PutObjectAcl operation) {
        call.requireWritable();
        call.require(Action.OBJECT_PUT, operation.key());
        var lists = call.store().accessLists();
        if (lists.isPresent()) {
            if (!lists.get().put(operation.object(), accessList(call))) {
                throw Reading.missing(call, operation.object());
            }
            return Replies.empty(200);
        }
        requireOwnAcl(call);
        Reading.info(call, operation.object());
        return Replies.empty(200);
    }

    static StreamReply putBucketAcl(S3Call call) {
        call.require(Action.BUCKET_PUT_CONFIG);
        call.requireWritable();
        var lists = call.store().accessLists();
        if (lists.isPresent()) {
            lists.get().putOfBucket(accessList(call));
        } else {
            requireOwnAcl(call);
        }
        return Replies.empty(200);
    }

    /** As it was sent: whose it is writes and reads it in its own words. */
    private static Bytes accessList(S3Call call) {
        var content = call.document(ACCESS_LIST);
        var body = S3Call.collect(content);
        BodyDigest.checkClaimed(call.headers(), content, body);
        return body;
    }

    /** Only what is so already can be asked for: a private list, or one in which the owner has all. */
    private static void requireOwnAcl(S3Call call) {
        call.refuseUnsupported(call.headers());
        if (call.headers().has("x-amz-acl")) {
            return;
        }
        var grants = call.xml().named("AccessControlPolicy").all("AccessControlList").stream()
                .flatMap(list -> list.all("Grant").stream())
                .toList();
        if (!grants.stream().allMatch(Describing::ofOwner)) {
            throw S3Error.NOT_IMPLEMENTED.refused("Only the canned ACL 'private' is supported");
        }
    }

    private static boolean ofOwner(XmlElement grant) {
        return grant.required("Permission").equals("FULL_CONTROL")
                && grant.all("Grantee").stream()
                        .allMatch(grantee -> grantee.child("ID").orElse("").equals(Replies.OWNER));
    }

    // Buckets.

    static StreamReply head(S3Call call, String region) {
        if (!call.grant().reaches(call.bucketText())) {
            throw S3Error.ACCESS_DENIED.refused();
        }
        return Replies.empty(200).with("x-amz-bucket-region", region);
    }

    static StreamReply location(S3Call call, String region) {
        call.require(Action.BUCKET_GET_CONFIG);
        var place = region.equals("us-east-1") ? "" : region;
        return StreamReply.of(
                200,
                "application/xml",
                Bytes.utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint"
                        + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + place
                        + "</LocationConstraint>"));
    }

    static StreamReply versioning(S3Call call) {
        call.require(Action.BUCKET_GET_CONFIG);
        var xml = XmlWriter.of("VersioningConfiguration");
        var versioning = call.bucket().binding().versioning();
        if (versioning != Versioning.OFF) {
            xml.element("Status", versioning == Versioning.ENABLED ? "Enabled" : "Suspended");
        }
        return Replies.xml(xml);
    }

    static StreamReply cors(S3Call call) {
        call.require(Action.BUCKET_GET_CONFIG);
        if (call.bucket().cors().isEmpty()) {
            throw S3Error.NO_SUCH_CORS_CONFIGURATION.refused().with("BucketName", call.bucketText());
        }
        var xml = XmlWriter.of("CORSConfiguration");
        for (var rule : call.bucket().cors()) {
            rule(xml, rule);
        }
        return Replies.xml(xml);
    }

    private static void rule(XmlWriter xml, CorsRule rule) {
        xml.begin("CORSRule");
        if (!rule.id().isEmpty()) {
            xml.element("ID", rule.id());
        }
        rule.methods().forEach(method -> xml.element("AllowedMethod", method));
        rule.origins().forEach(origin -> xml.element("AllowedOrigin", origin));
        rule.headers().forEach(name -> xml.element("AllowedHeader", name));
        rule.exposed().forEach(name -> xml.element("ExposeHeader", name));
        if (rule.maxAgeSeconds() >= 0) {
            xml.element("MaxAgeSeconds", rule.maxAgeSeconds());
        }
        xml.end();
    }

    static StreamReply bucketTags(S3Call call) {
        call.require(Action.BUCKET_GET_CONFIG);
        var tags = call.bucket().about().tags();
        if (tags.entries().isEmpty()) {
            throw S3Error.NO_SUCH_TAG_SET.refused().with("BucketName", call.bucketText());
        }
        return tagging(tags);
    }

    static StreamReply bucketAcl(S3Call call) {
        call.require(Action.BUCKET_GET_CONFIG);
        return acl();
    }
}
