package io.triport.objects.wire;

import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is stored with an object beside its bytes. */
public final class MetadataFields {
    private static final String USER = "x-amz-meta-";
    private static final int MOST_USER_BYTES = 2_048;
    private static final Set<String> STORAGE_CLASSES = Set.of(
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER",
            "GLACIER_IR",
            "DEEP_ARCHIVE",
            "EXPRESS_ONEZONE");

    private static final String CUSTOMER_KEY = "x-amz-server-side-encryption-customer-algorithm";

    /** What would have an effect that we do not have; to ignore it would be to lie. */
    private static final List<String> UNSUPPORTED = List.of(
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            CUSTOMER_KEY,
            "x-amz-copy-source-server-side-encryption-customer-algorithm",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-object-lock-legal-hold",
            "x-amz-website-redirect-location",
            "x-amz-write-offset-bytes",
            "x-amz-grant-full-control",
            "x-amz-grant-read",
            "x-amz-grant-read-acp",
            "x-amz-grant-write",
            "x-amz-grant-write-acp");

    private MetadataFields() {}

    /** @throws S3Refused NOT_IMPLEMENTED for a field that asks for what is not built */
    public static void refuseUnsupported(Headers headers) {
        if (UNSUPPORTED.stream().anyMatch(headers::has)) {
            throw S3Error.NOT_IMPLEMENTED.refused();
        }
        requirePrivate(headers);
    }

    /** @throws S3Refused NOT_IMPLEMENTED for a key of the caller's own, which would have to open what is read */
    public static void refuseKey(Headers headers) {
        if (headers.has(CUSTOMER_KEY)) {
            throw S3Error.NOT_IMPLEMENTED.refused();
        }
    }

    /** @throws S3Refused NOT_IMPLEMENTED for a canned access list other than {@code private} */
    public static void requirePrivate(Headers headers) {
        var acl = headers.all("x-amz-acl");
        if (!acl.isEmpty() && !acl.equals(List.of("private"))) {
            throw S3Error.NOT_IMPLEMENTED.refused("Only the canned ACL 'private' is supported");
        }
    }

    public static HttpMetadata http(Headers headers) {
        var fields = new EnumMap<HttpMetadata.Field, String>(HttpMetadata.Field.class);
        for (var field : HttpMetadata.Field.values()) {
            var value = String.join(", ", headers.all(field.header()));
            var kept = field == HttpMetadata.Field.CONTENT_ENCODING ? withoutChunks(value) : value;
            if (!kept.isEmpty()) {
                fields.put(field, kept);
            }
        }
        return new HttpMetadata(fields);
    }

    private static String withoutChunks(String encodings) {
        return Stream.of(encodings.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty() && !each.equalsIgnoreCase("aws-chunked"))
                .collect(Collectors.joining(", "));
    }

    /** @throws S3Refused METADATA_TOO_LARGE above 2 KiB */
    public static UserMetadata user(Headers headers) {
        var entries = new HashMap<String, String>();
        headers.fields().forEach((name, values) -> {
            if (name.startsWith(USER) && name.length() > USER.length()) {
                entries.put(name.substring(USER.length()), String.join(",", values));
            }
        });
        return user(entries);
    }

    static UserMetadata user(Map<String, String> entries) {
        try {
            var user = new UserMetadata(entries);
            if (user.bytes() <= MOST_USER_BYTES) {
                return user;
            }
        } catch (InvalidInput e) {
            // larger still
        }
        throw S3Error.METADATA_TOO_LARGE.refused().with("MaxSizeAllowed", Integer.toString(MOST_USER_BYTES));
    }

    /** @throws S3Refused INVALID_STORAGE_CLASS */
    public static StorageClass storageClass(Headers headers) {
        var text = headers.only("x-amz-storage-class").orElse(StorageClass.STANDARD.text());
        if (!STORAGE_CLASSES.contains(text)) {
            throw S3Error.INVALID_STORAGE_CLASS.refused();
        }
        return new StorageClass(text);
    }

    /** Those of {@code x-amz-tagging}: pairs as in a query, in which a plus is a blank. */
    public static Tags tags(Headers headers) {
        var text = headers.only("x-amz-tagging").orElse("");
        var entries = new LinkedHashMap<String, String>();
        for (var part : text.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            var equals = part.indexOf('=');
            var name = Percent.decodeText((equals < 0 ? part : part.substring(0, equals)).replace('+', ' '));
            var value = equals < 0
                    ? ""
                    : Percent.decodeText(part.substring(equals + 1).replace('+', ' '));
            addTag(entries, name, value);
        }
        return tags(entries);
    }

    /** Those of a document {@code Tagging}. */
    public static Tags tags(XmlElement tagging) {
        var sets = tagging.named("Tagging").all("TagSet");
        if (sets.size() != 1) {
            throw S3Error.MALFORMED_XML.refused();
        }
        var entries = new LinkedHashMap<String, String>();
        for (var tag : sets.getFirst().children()) {
            addTag(entries, tag.named("Tag").required("Key"), tag.required("Value"));
        }
        return tags(entries);
    }

    private static void addTag(Map<String, String> entries, String name, String value) {
        if (entries.put(name, value) != null) {
            throw S3Error.INVALID_TAG.refused("Cannot provide multiple Tags with the same key");
        }
    }

    private static Tags tags(Map<String, String> entries) {
        try {
            return new Tags(entries);
        } catch (InvalidInput e) {
            throw S3Error.INVALID_TAG.refused("Tags: " + e.expectation());
        }
    }
}
