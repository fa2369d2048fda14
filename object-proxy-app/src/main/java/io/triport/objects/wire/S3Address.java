package io.triport.objects.wire;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a target is about: the endpoint itself, a bucket, or a key in one.
 *
 * @param bucket null for the endpoint
 * @param key null for the bucket
 */
public record S3Address(
        @Nullable BucketName bucket, @Nullable ObjectKey key) {
    /**
     * Reads path and host. The key is all behind the bucket, decoded once and never normalised.
     *
     * @param path as sent
     * @param domains base domains of virtual hosts, in lower case
     * @throws S3Refused for a bucket or key that cannot be
     */
    public static S3Address of(String path, String host, List<String> domains) {
        var virtual = virtualBucket(host, domains);
        if (!virtual.isEmpty()) {
            return at(virtual, path.substring(1));
        }
        var slash = path.indexOf('/', 1);
        var bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
        if (bucket.isEmpty()) {
            if (slash >= 0) {
                throw S3Error.INVALID_BUCKET_NAME.refused().with("BucketName", "");
            }
            return new S3Address(null, null);
        }
        return at(Percent.decodeText(bucket), slash < 0 ? "" : path.substring(slash + 1));
    }

    private static S3Address at(String bucket, String key) {
        return new S3Address(bucket(bucket), key.isEmpty() ? null : key(Percent.decode(key)));
    }

    /** Whether a host names a bucket. */
    public static boolean virtual(String host, List<String> domains) {
        return !virtualBucket(host, domains).isEmpty();
    }

    /** The part of the host before the longest base domain; empty for path style. */
    private static String virtualBucket(String host, List<String> domains) {
        var name = withoutPort(host).toLowerCase(Locale.ROOT);
        var longest = "";
        for (var domain : domains) {
            if (name.equals(domain)) {
                return "";
            }
            if (name.endsWith("." + domain) && domain.length() > longest.length()) {
                longest = domain;
            }
        }
        return longest.isEmpty() ? "" : name.substring(0, name.length() - longest.length() - 1);
    }

    private static String withoutPort(String host) {
        var colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    /** @throws S3Refused INVALID_BUCKET_NAME */
    public static BucketName bucket(String text) {
        try {
            return new BucketName(text);
        } catch (InvalidInput e) {
            throw S3Error.INVALID_BUCKET_NAME.refused().with("BucketName", text);
        }
    }

    /** @throws S3Refused KEY_TOO_LONG, or INVALID_URI where it is not UTF-8 */
    public static ObjectKey key(Bytes bytes) {
        if (bytes.size() > ObjectKey.MOST_BYTES) {
            throw S3Error.KEY_TOO_LONG
                    .refused()
                    .with("MaxSizeAllowed", Integer.toString(ObjectKey.MOST_BYTES))
                    .with("Size", Integer.toString(bytes.size()));
        }
        try {
            return new ObjectKey(bytes);
        } catch (InvalidInput e) {
            throw S3Error.INVALID_URI.refused();
        }
    }
}
