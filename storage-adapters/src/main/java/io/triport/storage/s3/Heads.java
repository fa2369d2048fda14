package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ETag;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the fields of a head say of an object, and the reverse. */
final class Heads {
    static final String USER = "x-amz-meta-";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String COMPOSITE = "COMPOSITE";
    /** RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private Heads() {}

    /** @param size of the whole object @throws StorageFailure where the head says no entity tag or time */
    static ObjectInfo info(ObjectKey key, Answer answer, long size) {
        try {
            return new ObjectInfo(
                    key,
                    answer.field("x-amz-version-id").map(VersionId::new).orElse(VersionId.NULL),
                    etag(answer.field("ETag").orElse("")),
                    size,
                    modified(answer),
                    http(answer),
                    user(answer),
                    storageClass(answer.field("x-amz-storage-class").orElse(null)),
                    answer.field("x-amz-tagging-count").map(Integer::parseInt).orElse(0),
                    checksum(answer),
                    List.of());
        } catch (InvalidInput | NumberFormatException | DateTimeException e) {
            throw Failures.malformed(Effect.NONE);
        }
    }

    static ETag etag(String text) {
        return new ETag(text.replaceFirst("^W/", "").replace("\"", ""));
    }

    static Instant modified(Answer answer) {
        return Instant.from(DATE.parse(answer.field("Last-Modified").orElse("")));
    }

    static String date(Instant at) {
        return DATE.format(at);
    }

    /** STANDARD where it is not said, or in a form that no class has. */
    static StorageClass storageClass(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? StorageClass.STANDARD : new StorageClass(text);
        } catch (InvalidInput e) {
            return StorageClass.STANDARD;
        }
    }

    /** The one that is told; null where none is. */
    static @Nullable Checksum checksum(Answer answer) {
        var composite =
                answer.field("x-amz-checksum-type").filter(COMPOSITE::equals).isPresent();
        for (var algorithm : ChecksumAlgorithm.values()) {
            var value = answer.field(Sums.field(algorithm));
            if (value.isPresent()) {
                return checksum(algorithm, value.get(), composite);
            }
        }
        return null;
    }

    /** @param text base64, and for a composite one perhaps the number of parts behind it; null for none */
    static @Nullable Checksum checksum(ChecksumAlgorithm algorithm, @Nullable String text, boolean composite) {
        if (text == null) {
            return null;
        }
        var dash = text.indexOf('-');
        try {
            var value = Bytes.copyOf(Base64.getDecoder().decode(dash < 0 ? text : text.substring(0, dash)));
            var scope = composite || dash >= 0 ? Checksum.Scope.COMPOSITE : Checksum.Scope.FULL_OBJECT;
            return new Checksum(algorithm, value, scope);
        } catch (IllegalArgumentException | InvalidInput e) {
            return null;
        }
    }

    private static HttpMetadata http(Answer answer) {
        var fields = new EnumMap<HttpMetadata.Field, String>(HttpMetadata.Field.class);
        for (var field : HttpMetadata.Field.values()) {
            answer.field(field.header())
                    .flatMap(value -> kept(field, value))
                    .ifPresent(value -> fields.put(field, value));
        }
        return new HttpMetadata(fields);
    }

    /** Some endpoints keep the framing of the upload with the object. */
    private static Optional<String> kept(HttpMetadata.Field field, String value) {
        if (field != HttpMetadata.Field.CONTENT_ENCODING) {
            return Optional.of(value);
        }
        var own = value.replaceAll("\\s*aws-chunked\\s*,?", "").replaceAll(",\\s*$", "");
        return own.isEmpty() ? Optional.empty() : Optional.of(own);
    }

    private static UserMetadata user(Answer answer) {
        var entries = new HashMap<String, String>();
        for (var field : answer.head().fields()) {
            var lower = field.getKey().toLowerCase(Locale.ROOT);
            if (lower.startsWith(USER)) {
                entries.merge(
                        lower.substring(USER.length()),
                        MetadataText.decoded(field.getValue()),
                        (before, next) -> before + "," + next);
            }
        }
        return new UserMetadata(entries);
    }

    /** The fields of a request that carry what is stored beside the bytes. */
    static Map<String, String> fields(HttpMetadata http, UserMetadata user, Tags tags, StorageClass storageClass) {
        var fields = new HashMap<String, String>();
        http.fields().forEach((field, value) -> fields.put(field.header().toLowerCase(Locale.ROOT), plain(value)));
        user(user).forEach((name, value) -> fields.put(USER + name, value));
        if (!tags.entries().isEmpty()) {
            fields.put("x-amz-tagging", tagging(tags));
        }
        if (!storageClass.equals(StorageClass.STANDARD)) {
            fields.put("x-amz-storage-class", storageClass.text());
        }
        return fields;
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for what a field cannot carry */
    static String plain(String value) {
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F || c > 0xFF)) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "s3: a value that no field can have");
        }
        return value;
    }

    private static String token(String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "s3: a name that no field can have");
        }
        return name;
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for names that no field can have */
    static Map<String, String> user(UserMetadata user) {
        return user.entries().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> token(entry.getKey().toLowerCase(Locale.ROOT)),
                        entry -> MetadataText.encoded(entry.getValue())));
    }

    static String tagging(Tags tags) {
        return tags.entries().entrySet().stream()
                .map(entry -> UrlText.encoded(entry.getKey()) + "=" + UrlText.encoded(entry.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
    }
}
