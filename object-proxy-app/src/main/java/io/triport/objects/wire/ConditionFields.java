package io.triport.objects.wire;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ETagMatch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import java.time.Instant;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** Reads the fields that make a request conditional (RFC 9110 section 13.1). */
public final class ConditionFields {
    private ConditionFields() {}

    public static Conditions of(Headers headers) {
        return read(headers, "");
    }

    /** Those about the source of a copy. */
    public static Conditions ofSource(Headers headers) {
        return read(headers, "x-amz-copy-source-");
    }

    /**
     * Those of a write: only tags count there.
     *
     * @throws S3Refused NOT_IMPLEMENTED for {@code If-None-Match} with tags, which S3 does not have
     */
    public static Conditions ofWrite(Headers headers) {
        var none = tags(headers, "if-none-match");
        if (none != null && !(none instanceof ETagMatch.Any)) {
            throw S3Error.NOT_IMPLEMENTED.refused();
        }
        return new Conditions(tags(headers, "if-match"), none, null, null);
    }

    private static Conditions read(Headers headers, String before) {
        return new Conditions(
                tags(headers, before + "if-match"),
                tags(headers, before + "if-none-match"),
                moment(headers, before + "if-modified-since"),
                moment(headers, before + "if-unmodified-since"));
    }

    private static @Nullable Instant moment(Headers headers, String name) {
        return headers.only(name).flatMap(Times::parse).orElse(null);
    }

    /** A list of tags; what cannot be the tag of an object matches none, so it is left out. */
    private static @Nullable ETagMatch tags(Headers headers, String name) {
        if (!headers.has(name)) {
            return null;
        }
        var whole = String.join(",", headers.all(name)).strip();
        if (whole.equals("*")) {
            return new ETagMatch.Any();
        }
        var tags = new HashSet<ETag>();
        for (var part : whole.split(",", -1)) {
            var text = unquoted(part.strip());
            try {
                tags.add(new ETag(text));
            } catch (InvalidInput e) {
                // the tag of nothing
            }
        }
        return new ETagMatch.OneOf(tags);
    }

    /** Quotes are optional, and S3 compares weakly marked tags like others. */
    public static String unquoted(String text) {
        var tag = text.startsWith("W/") ? text.substring(2) : text;
        return tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"")
                ? tag.substring(1, tag.length() - 1)
                : tag;
    }
}
