package io.triport.objects.serve;

import io.triport.domain.object.ObjectLimits;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Fetch;
import io.triport.identity.sigv4.PostForm;
import io.triport.objects.wire.S3Error;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the form of an upload up to its file. */
final class FormReader {
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final int MOST_FIELDS = 100;

    private FormReader() {}

    /** @throws io.triport.objects.wire.S3Refused MALFORMED_POST_REQUEST where it is no form with a file at its end */
    static PostForm read(Fetch fetch, String bucket) {
        var type = fetch.headers().only("content-type").orElse("");
        var boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            throw S3Error.MALFORMED_POST_REQUEST.refused();
        }
        var source = new FormSource(
                fetch.body(), Optional.ofNullable(boundary.group(1)).orElseGet(() -> boundary.group(2)));
        try {
            return read(source, bucket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw S3Error.SERVICE_UNAVAILABLE.refused();
        }
    }

    private static PostForm read(FormSource source, String bucket) throws InterruptedException {
        var fields = new LinkedHashMap<String, String>();
        source.part();
        while (source.another() && fields.size() < MOST_FIELDS) {
            var head = source.head();
            var name = found(NAME.matcher(head)).toLowerCase(Locale.ROOT);
            if (name.equals("file")) {
                var file = new FormFile(source, ByteSize.ofBytes(ObjectLimits.PUT_BYTES));
                return new PostForm(bucket, fields, found(FILE_NAME.matcher(head)), file);
            }
            var value = new String(source.part(), StandardCharsets.UTF_8);
            if (name.isEmpty() || fields.put(name, value) != null) {
                throw S3Error.MALFORMED_POST_REQUEST.refused();
            }
        }
        throw S3Error.MALFORMED_POST_REQUEST.refused();
    }

    private static String found(Matcher matcher) {
        return matcher.find() ? matcher.group(1) : "";
    }
}
