package io.triport.manager.cloudflare.r2;

import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ETagMatch;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.HttpMetadata.Field;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.manager.answer.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the fields of a request say of an object. */
final class AskedObject {
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    /** What is kept with the bytes; their own coding is refused on its way in. */
    private static final List<Field> KEPT = List.of(
            Field.CACHE_CONTROL, Field.CONTENT_DISPOSITION, Field.CONTENT_LANGUAGE, Field.CONTENT_TYPE, Field.EXPIRES);

    private AskedObject() {}

    static HttpMetadata fields(Headers headers) {
        var fields = new EnumMap<Field, String>(Field.class);
        KEPT.forEach(field ->
                headers.only(field.header().toLowerCase(Locale.ROOT)).ifPresent(value -> fields.put(field, value)));
        return new HttpMetadata(fields);
    }

    /** Null for all bytes: also where the range is none that we know (RFC 9110, section 14.2). */
    static @Nullable ByteRange range(Headers headers) {
        var sent = RANGE.matcher(headers.only("range").orElse("").strip());
        if (!sent.matches() || headers.has("if-range")) {
            return null;
        }
        var first = sent.group(1);
        var last = sent.group(2);
        try {
            if (first.isEmpty()) {
                return last.isEmpty() ? null : new ByteRange.Last(Long.parseLong(last));
            }
            return last.isEmpty()
                    ? new ByteRange.From(Long.parseLong(first))
                    : new ByteRange.Between(Long.parseLong(first), Long.parseLong(last));
        } catch (InvalidInput e) {
            return null;
        }
    }

    static Conditions conditions(Headers headers) {
        return new Conditions(
                tags(headers, "if-match"),
                tags(headers, "if-none-match"),
                time(headers, "if-modified-since"),
                time(headers, "if-unmodified-since"));
    }

    /** Null where there is no such field. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for what is no list of tags */
    private static @Nullable ETagMatch tags(Headers headers, String field) {
        if (!headers.has(field)) {
            return null;
        }
        var sent = String.join(",", headers.all(field)).strip();
        if (sent.equals("*")) {
            return new ETagMatch.Any();
        }
        return new ETagMatch.OneOf(
                Arrays.stream(sent.split(",")).map(tag -> tag(field, tag)).collect(Collectors.toUnmodifiableSet()));
    }

    private static ETag tag(String field, String text) {
        var tag = TAG.matcher(text.strip());
        if (!tag.matches()) {
            throw Problem.INVALID_ARGUMENT.refused(field + " must be * or tags in quotes");
        }
        return new ETag(tag.group(1));
    }

    /** Null where there is none, or none that is a time (RFC 9110, section 13.1.3). */
    private static @Nullable Instant time(Headers headers, String field) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                    headers.only(field).orElse(""), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
