package io.triport.objects.quota;

import io.triport.domain.durable.ObjectName;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.object.BucketName;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.objects.bucket.Quota;
import java.util.Optional;

/**
 * Whose bytes are counted together.
 *
 * @param key empty for all of a bucket, else what tells the identity from all others
 * @param identity for people
 */
record MeterName(BucketName bucket, String key, String identity) {
    static MeterName of(BucketName bucket, Quota quota, PrincipalId caller) {
        return switch (quota.scope()) {
            case BUCKET -> new MeterName(bucket, "", "");
            case IDENTITY ->
                new MeterName(bucket, Sha256.hex(Bytes.utf8(caller.unique()).toByteArray()), caller.toString());
        };
    }

    /** Empty for what is no name of a meter. */
    static Optional<MeterName> of(ObjectName name, String identity) {
        var text = name.text();
        var slash = text.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : Optional.of(
                        new MeterName(new BucketName(text.substring(0, slash)), text.substring(slash + 1), identity));
    }

    /** An identity may be longer than a name. */
    ObjectName object() {
        return ObjectName.of(text());
    }

    String text() {
        return bucket + "/" + key;
    }
}
