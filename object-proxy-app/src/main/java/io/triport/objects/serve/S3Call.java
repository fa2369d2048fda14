package io.triport.objects.serve;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.Buckets;
import io.triport.objects.wire.MetadataFields;
import io.triport.objects.wire.Passage;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import io.triport.objects.wire.XmlElement;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** A request about a bucket that was admitted. */
record S3Call(
        Fetch fetch, Grant grant, Bucket bucket, Buckets buckets, Storage storage, LateAnswers late, Passage passage) {
    private static final ByteSize DOCUMENT = ByteSize.ofMiB(1);

    Headers headers() {
        return fetch.headers();
    }

    String bucketText() {
        return bucket.name().text();
    }

    /** @throws io.triport.domain.failure.StorageFailure where the grant does not reach it */
    ObjectStore store() {
        return store(passage);
    }

    ObjectStore store(PassedFields fields) {
        return storage.objects(grant, bucket.name(), fields);
    }

    /** The store, with copies from another bucket. Empty where their bytes have to pass through here. */
    Optional<ObjectStore> storeWithCopiesOf(BucketName other) {
        requireOpen(other);
        return storage.objects(grant, bucket.name(), other, passage);
    }

    /** Another bucket, for the source of a copy. */
    ObjectStore store(BucketName other, PassedFields fields) {
        requireOpen(other);
        return storage.objects(grant, other, fields);
    }

    private void requireOpen(BucketName other) {
        var found = buckets.find(other);
        if (found.isPresent() && !found.get().open(grant.principal().roles())) {
            throw S3Error.ACCESS_DENIED.refused();
        }
    }

    /** Whether the bucket lies behind an endpoint that is asked with the fields of the request. */
    boolean remote() {
        return bucket.binding().backend() instanceof Backend.S3;
    }

    /** @throws S3Refused NOT_IMPLEMENTED for a field that asks what is not built, and that no endpoint gets */
    void refuseUnsupported(Headers fields) {
        if (!remote()) {
            MetadataFields.refuseUnsupported(fields);
        }
    }

    boolean anonymous() {
        return grant.principal().kind() == Principal.Kind.ANONYMOUS;
    }

    /** Whether an answer names a version: where we keep them, and where an endpoint says one. */
    boolean names(VersionId version) {
        return names(bucket, version);
    }

    /** The same of another bucket. */
    boolean names(BucketName other, VersionId version) {
        return buckets.find(other).filter(found -> names(found, version)).isPresent();
    }

    private static boolean names(Bucket bucket, VersionId version) {
        var binding = bucket.binding();
        return binding.versioning() != Versioning.OFF
                || binding.backend() instanceof Backend.S3 && !version.equals(VersionId.NULL);
    }

    /** What an object that is longer than the bucket takes is told. */
    S3Refused tooLarge(long size) {
        return S3Error.ENTITY_TOO_LARGE
                .refused()
                .with("ProposedSize", Long.toString(size))
                .with("MaxSizeAllowed", Long.toString(bucket.mostBytes().bytes()));
    }

    /** Where the store is not asked and so does not ask the grant. @throws S3Refused ACCESS_DENIED */
    void require(Action action) {
        if (!grant.permits(action, ResourceName.container(bucketText()))) {
            throw S3Error.ACCESS_DENIED.refused();
        }
    }

    /** The same of one key. @throws S3Refused ACCESS_DENIED */
    void require(Action action, ObjectKey key) {
        if (!grant.permits(action, new ResourceName(bucketText(), key.bytes()))) {
            throw S3Error.ACCESS_DENIED.refused();
        }
    }

    /** That something is not there is told only to who could find it out by listing. */
    S3Refused missing(ObjectKey key, S3Error error) {
        return grant.permits(Action.OBJECT_LIST, new ResourceName(bucketText(), key.bytes()))
                ? error.refused().with("Key", key.text())
                : S3Error.ACCESS_DENIED.refused();
    }

    void requireWritable() {
        if (bucket.writes() == Bucket.Writes.REFUSED) {
            throw S3Error.ACCESS_DENIED.refused("This bucket is read-only");
        }
    }

    /** The body of an upload, as the credential vouches for it. @param most bytes of it */
    Content upload(ByteSize most) {
        var headers = fetch.headers();
        if (!headers.has("content-length") && !headers.has("transfer-encoding")) {
            throw S3Error.MISSING_CONTENT_LENGTH.refused();
        }
        var body = grant.checked(fetch.body());
        if (body.length().orElse(0) > most.bytes()) {
            body.close();
            throw S3Error.ENTITY_TOO_LARGE
                    .refused()
                    .with("ProposedSize", Long.toString(body.length().orElse(0)))
                    .with("MaxSizeAllowed", Long.toString(most.bytes()));
        }
        return body.limitedTo(most);
    }

    /** A body that has to be short, as the credential vouches for it. */
    Content document(ByteSize most) {
        try {
            return grant.checked(fetch.body()).limitedTo(most);
        } catch (InvalidInput e) {
            throw S3Error.MALFORMED_XML.refused();
        }
    }

    /** All of a body that is bounded. @throws S3Refused MALFORMED_XML where it is longer than its bound */
    static Bytes collect(Content bounded) {
        var whole = new ByteArrayOutputStream();
        try (var pieces = new ContentReader(bounded)) {
            for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
                var copy = new byte[piece.remaining()];
                piece.get(copy);
                whole.writeBytes(copy);
            }
            return Bytes.copyOf(whole.toByteArray());
        } catch (InvalidInput e) {
            throw S3Error.MALFORMED_XML.refused();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw S3Error.SERVICE_UNAVAILABLE.refused();
        }
    }

    XmlElement xml() {
        return xml(DOCUMENT);
    }

    XmlElement xml(ByteSize most) {
        return XmlElement.parse(collect(document(most)));
    }
}
