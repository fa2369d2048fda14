package io.triport.objects.wire;

import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.request.Headers;

/** What {@code x-amz-copy-source} names. */
public record CopySourceField(BucketName bucket, ObjectRef object) {
    private static final String VERSION = "?versionId=";

    /** @throws S3Refused INVALID_ARGUMENT where it names no object */
    public static CopySourceField parse(Headers headers) {
        var text = headers.only("x-amz-copy-source").orElse("");
        var question = text.indexOf(VERSION);
        var path = Percent.decode(question < 0 ? text : text.substring(0, question));
        var from = !path.isEmpty() && path.at(0) == '/' ? 1 : 0;
        var slash = from;
        while (slash < path.size() && path.at(slash) != '/') {
            slash++;
        }
        if (slash >= path.size() - 1) {
            throw S3Query.argument(
                    "x-amz-copy-source",
                    text,
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }
        var bucket = S3Address.bucket(text(path.slice(from, slash)));
        var key = S3Address.key(path.slice(slash + 1, path.size()));
        var version =
                question < 0 ? null : S3Parser.version(Percent.decodeText(text.substring(question + VERSION.length())));
        return new CopySourceField(bucket, new ObjectRef(key, version));
    }

    private static String text(io.triport.domain.request.Bytes bytes) {
        try {
            return bytes.toUtf8();
        } catch (io.triport.domain.request.InvalidInput e) {
            throw S3Error.INVALID_URI.refused();
        }
    }
}
