package io.triport.objects.serve;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.Tags;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.BucketChanges;
import io.triport.objects.bucket.CorsRule;
import io.triport.objects.wire.BodyDigest;
import io.triport.objects.wire.MetadataFields;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes and removes buckets and changes what is set of them. Safe for many threads. */
final class Making {
    private static final ByteSize DOCUMENT = ByteSize.ofKiB(64);
    private static final String LOCK = "x-amz-bucket-object-lock-enabled";
    private static final String OWNERSHIP = "x-amz-object-ownership";

    /** What signers may call the region of any endpoint. */
    private static final Set<String> ANY_REGION = Set.of("us-east-1", "auto");

    private final BucketChanges changes;
    private final String region;

    Making(BucketChanges changes, String region) {
        this.changes = changes;
        this.region = region;
    }

    /** @param present the bucket of this name */
    StreamReply create(Fetch fetch, Grant grant, BucketName name, Optional<Bucket> present) {
        var owner = grant.principal().id().toString();
        // Many clients ask for the bucket before each upload, with keys that may not make any.
        present.filter(bucket -> grant.reaches(name.text())
                        && bucket.open(grant.principal().roles()))
                .ifPresent(bucket -> refuse(bucket, owner));
        if (present.isPresent() || !grant.permits(Action.BUCKET_CREATE, ResourceName.container(name.text()))) {
            throw S3Error.ACCESS_DENIED.refused();
        }
        changes.requireMaking();
        var headers = fetch.headers();
        MetadataFields.refuseUnsupported(headers);
        if (headers.only(LOCK).orElse("false").equalsIgnoreCase("true")
                || !headers.only(OWNERSHIP).orElse("BucketOwnerEnforced").equals("BucketOwnerEnforced")) {
            throw S3Error.NOT_IMPLEMENTED.refused();
        }
        requireHere(S3Call.collect(bounded(fetch, grant)));
        if (!changes.add(name, owner)) {
            throw S3Error.BUCKET_ALREADY_EXISTS.refused().with("BucketName", name.text());
        }
        return Replies.empty(200).with("Location", "/" + name);
    }

    /** A bucket that was configured is everybody's who reaches it. */
    private static void refuse(Bucket present, String owner) {
        var owned = present.about().owner().isEmpty() || present.about().owner().equals(owner);
        throw (owned ? S3Error.BUCKET_ALREADY_OWNED_BY_YOU : S3Error.BUCKET_ALREADY_EXISTS)
                .refused()
                .with("BucketName", present.name().text());
    }

    private static Content bounded(Fetch fetch, Grant grant) {
        try {
            return grant.checked(fetch.body()).limitedTo(DOCUMENT);
        } catch (InvalidInput e) {
            throw S3Error.MALFORMED_XML.refused();
        }
    }

    /** No body says nothing of the place. */
    private void requireHere(Bytes body) {
        if (body.isEmpty()) {
            return;
        }
        var place = XmlElement.parse(body)
                .named("CreateBucketConfiguration")
                .child("LocationConstraint")
                .orElse("")
                .strip();
        if (!place.isEmpty() && !place.equals(region) && !ANY_REGION.contains(place)) {
            throw S3Error.INVALID_LOCATION_CONSTRAINT.refused().with("LocationConstraint", place);
        }
    }

    StreamReply delete(S3Call call) {
        call.require(Action.BUCKET_DELETE);
        call.requireWritable();
        requireEmbedded(call);
        if (call.bucket().binding().backend() instanceof Backend.Indexed) {
            throw S3Error.NOT_IMPLEMENTED.refused("Other nodes may write to this bucket");
        }
        var name = call.bucket().name();
        var place = changes.place(call.bucket());
        return switch (call.storage().endBucket(call.grant(), name, place, () -> changes.remove(name))) {
            case ENDED -> Replies.empty(204);
            case NOT_EMPTY -> throw S3Error.BUCKET_NOT_EMPTY.refused().with("BucketName", name.text());
            case STAYS -> throw S3Error.OPERATION_ABORTED.refused().with("BucketName", name.text());
        };
    }

    /** What lies with somebody else is not made, removed or set through here. */
    private static void requireEmbedded(S3Call call) {
        if (call.bucket().binding().backend() instanceof Backend.S3) {
            throw S3Error.NOT_IMPLEMENTED.refused("This bucket lies behind another endpoint");
        }
    }

    StreamReply putVersioning(S3Call call) {
        var document = document(call, "VersioningConfiguration");
        if (document.child("MfaDelete").orElse("Disabled").strip().equals("Enabled")) {
            throw S3Error.NOT_IMPLEMENTED.refused();
        }
        var versioning = switch (document.required("Status").strip()) {
            case "Enabled" -> Versioning.ENABLED;
            case "Suspended" -> Versioning.SUSPENDED;
            default -> throw S3Error.MALFORMED_XML.refused();
        };
        changes.set(call.bucket().name(), versioning);
        return Replies.empty(200);
    }

    StreamReply putCors(S3Call call) {
        var rules = document(call, "CORSConfiguration").all("CORSRule").stream()
                .map(Making::rule)
                .toList();
        if (rules.isEmpty()) {
            throw S3Error.MALFORMED_XML.refused();
        }
        changes.set(call.bucket().name(), rules);
        return Replies.empty(200);
    }

    private static CorsRule rule(XmlElement rule) {
        var age = rule.child("MaxAgeSeconds").orElse("-1").strip();
        if (!age.matches("-1|[0-9]{1,9}")) {
            throw S3Error.MALFORMED_XML.refused();
        }
        return new CorsRule(
                rule.child("ID").orElse(""),
                texts(rule, "AllowedOrigin"),
                texts(rule, "AllowedMethod"),
                texts(rule, "AllowedHeader"),
                texts(rule, "ExposeHeader"),
                Integer.parseInt(age),
                CorsRule.Credentials.LEFT_OUT);
    }

    private static List<String> texts(XmlElement rule, String name) {
        return rule.all(name).stream().map(XmlElement::text).toList();
    }

    StreamReply deleteCors(S3Call call) {
        requireSetting(call);
        changes.set(call.bucket().name(), List.of());
        return Replies.empty(204);
    }

    StreamReply putTags(S3Call call) {
        changes.set(call.bucket().name(), MetadataFields.tags(document(call, "Tagging")));
        return Replies.empty(204);
    }

    StreamReply deleteTags(S3Call call) {
        requireSetting(call);
        changes.set(call.bucket().name(), Tags.NONE);
        return Replies.empty(204);
    }

    private static void requireSetting(S3Call call) {
        call.require(Action.BUCKET_PUT_CONFIG);
        call.requireWritable();
        requireEmbedded(call);
    }

    private static XmlElement document(S3Call call, String name) {
        requireSetting(call);
        var content = call.document(DOCUMENT);
        var body = S3Call.collect(content);
        BodyDigest.checkClaimed(call.headers(), content, body);
        return XmlElement.parse(body).named(name);
    }
}
