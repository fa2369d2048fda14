package io.triport.objects.serve;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectStore;
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
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Refused;
import io.triport.objects.wire.XmlElement;
import java.io.ByteArrayOutputStream;

/** A request about a bucket that was admitted. */
record S3Call(Fetch fetch, Grant grant, Bucket bucket, Buckets buckets, Storage storage, LateAnswers late) {
    private static final ByteSize DOCUMENT = ByteSize.ofMiB(1);

    Headers headers() {
        return fetch.headers();
    }

    String bucketText() {
        return bucket.name().text();
    }

    /** @throws io.triport.domain.failure.StorageFailure where the grant does not reach it */
    ObjectStore store() {
        return storage.objects(grant, bucket.name());
    }

    /** Another bucket, for the source of a copy. */
    ObjectStore store(BucketName other) {
        var found = buckets.find(other);
        if (found.isPresent() && !found.get().open(grant.principal().roles())) {
            throw S3Error.ACCESS_DENIED.refused();
        }
        return storage.objects(grant, other);
    }

    boolean anonymous() {
        return grant.principal().kind() == Principal.Kind.ANONYMOUS;
    }

    boolean versioned() {
        return bucket.binding().versioning() != Versioning.OFF;
    }

    /** Where the store is not asked and so does not ask the grant. @throws S3Refused ACCESS_DENIED */
    void require(Action action) {
        if (!grant.permits(action, ResourceName.container(bucketText()))) {
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
