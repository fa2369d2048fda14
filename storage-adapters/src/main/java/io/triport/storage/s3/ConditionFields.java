package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ETagMatch;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions as fields of a request. */
final class ConditionFields {
    private ConditionFields() {}

    static Map<String, String> reading(Conditions conditions) {
        var fields = tags(conditions);
        if (conditions.ifModifiedSince() != null) {
            fields.put("if-modified-since", Heads.date(conditions.ifModifiedSince()));
        }
        if (conditions.ifUnmodifiedSince() != null) {
            fields.put("if-unmodified-since", Heads.date(conditions.ifUnmodifiedSince()));
        }
        return fields;
    }

    /** @throws StorageFailure.Rejected UNSUPPORTED for one that S3 has for reads only */
    static Map<String, String> writing(Conditions conditions) {
        requireWritable(conditions);
        return tags(conditions);
    }

    static void requireWritable(Conditions conditions) {
        if (conditions.ifModifiedSince() != null || conditions.ifUnmodifiedSince() != null) {
            throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "s3: a write under a time");
        }
    }

    private static Map<String, String> tags(Conditions conditions) {
        var fields = new HashMap<String, String>();
        var match = text(conditions.ifMatch());
        if (match != null) {
            fields.put("if-match", match);
        }
        var noneMatch = text(conditions.ifNoneMatch());
        if (noneMatch != null) {
            fields.put("if-none-match", noneMatch);
        }
        return fields;
    }

    static @Nullable String text(@Nullable ETagMatch match) {
        return switch (match) {
            case null -> null;
            case ETagMatch.Any any -> "*";
            case ETagMatch.OneOf some ->
                some.tags().stream()
                        .map(tag -> "\"" + tag.text() + "\"")
                        .sorted()
                        .collect(Collectors.joining(", "));
        };
    }
}
