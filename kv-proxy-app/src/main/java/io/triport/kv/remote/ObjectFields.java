package io.triport.kv.remote;

import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ETagMatch;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the fields of a request say about an object. The signature does not cover them. */
final class ObjectFields {
    /** Before the names of custom metadata. */
    static final String META = "triport-meta-";

    static final String CHECKSUM = "Triport-Checksum";

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final Pattern TYPE = Pattern.compile("[\\w!#$&^.+-]{1,100}/[\\w!#$&^.+-]{1,100}\\s*(;[ -~]*)?");

    private ObjectFields() {}

    static WriteOptions write(Headers headers) {
        return new WriteOptions(
                http(headers), user(headers), Tags.NONE, StorageClass.STANDARD, conditions(headers), claims(headers));
    }

    /** Those of RFC 9110 section 13.1; a date that is none conditions nothing. */
    static Conditions conditions(Headers headers) {
        return new Conditions(
                tags(headers, "if-match", Weak.DIFFER),
                tags(headers, "if-none-match", Weak.ARE_THE_SAME),
                moment(headers, "if-modified-since"),
                moment(headers, "if-unmodified-since"));
    }

    /**
     * One range of bytes; null for the whole, which is also what several ranges, malformed ones and those under {@code If-Range} get
     * (RFC 9110 sections 13.1.5 and 14.2).
     */
    static @Nullable ByteRange range(Headers headers) {
        var range = RANGE.matcher(headers.only("range").orElse("").strip());
        if (!range.matches() || headers.has("if-range")) {
            return null;
        }
        var first = range.group(1);
        var last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : new ByteRange.Last(Long.parseLong(last));
        }
        var from = Long.parseLong(first);
        if (last.isEmpty()) {
            return new ByteRange.From(from);
        }
        var to = Long.parseLong(last);
        return to < from ? null : new ByteRange.Between(from, to);
    }

    private static HttpMetadata http(Headers headers) {
        var fields = new EnumMap<HttpMetadata.Field, String>(HttpMetadata.Field.class);
        for (var field : HttpMetadata.Field.values()) {
            text(headers, field.header().toLowerCase(Locale.ROOT)).ifPresent(value -> fields.put(field, value));
        }
        var type = fields.get(HttpMetadata.Field.CONTENT_TYPE);
        if (type != null && !TYPE.matcher(type).matches()) {
            throw RemoteBody.wrong("Content-Type", "a media type");
        }
        return new HttpMetadata(fields);
    }

    private static UserMetadata user(Headers headers) {
        var entries = new HashMap<String, String>();
        for (var name : headers.fields().keySet()) {
            if (name.startsWith(META) && name.length() > META.length()) {
                text(headers, name).ifPresent(value -> entries.put(name.substring(META.length()), value));
            }
        }
        return new UserMetadata(entries);
    }

    /** Fields carry ASCII for sure, and nothing else. */
    private static Optional<String> text(Headers headers, String name) {
        if (!headers.has(name)) {
            return Optional.empty();
        }
        var text = String.join(", ", headers.all(name));
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            throw RemoteBody.wrong(name, "printable ASCII");
        }
        return Optional.of(text);
    }

    private static List<ChecksumClaim> claims(Headers headers) {
        var claims = new ArrayList<ChecksumClaim>();
        for (var md5 : headers.all("content-md5")) {
            claims.add(ChecksumClaim.md5(
                    new Checksum(ChecksumAlgorithm.MD5, base64(md5), Checksum.Scope.FULL_OBJECT).value()));
        }
        for (var sent : headers.all(CHECKSUM)) {
            claims.add(ChecksumClaim.of(checksum(sent)));
        }
        if (claims.size() > 1) {
            throw RemoteBody.wrong("The checksum", "one");
        }
        return claims;
    }

    private static Checksum checksum(String text) {
        var at = text.indexOf('=');
        var name = at < 0 ? "" : text.substring(0, at).strip();
        var algorithm = Arrays.stream(ChecksumAlgorithm.values())
                .filter(one -> word(one).equals(name))
                .findFirst()
                .orElseThrow(() -> RemoteBody.wrong(
                        CHECKSUM,
                        "base64 behind one of "
                                + Arrays.stream(ChecksumAlgorithm.values())
                                        .map(one -> word(one) + "=")
                                        .collect(Collectors.joining(", "))));
        return new Checksum(algorithm, base64(text.substring(at + 1)), Checksum.Scope.FULL_OBJECT);
    }

    static String word(ChecksumAlgorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT);
    }

    private static Bytes base64(String text) {
        try {
            return Bytes.copyOf(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException e) {
            throw RemoteBody.wrong("The checksum", "base64");
        }
    }

    /** What a weakly marked tag is compared with. */
    private enum Weak {
        /** No object has it (RFC 9110 section 13.1.1). */
        DIFFER,
        /** The same tag without the mark (section 13.1.2). */
        ARE_THE_SAME
    }

    /** What cannot be the tag of an object matches none, so it is left out. */
    private static @Nullable ETagMatch tags(Headers headers, String name, Weak weak) {
        if (!headers.has(name)) {
            return null;
        }
        var whole = String.join(",", headers.all(name)).strip();
        if (whole.equals("*")) {
            return new ETagMatch.Any();
        }
        var tags = new HashSet<ETag>();
        for (var part : whole.split(",", -1)) {
            var text = part.strip();
            if (text.startsWith("W/")) {
                text = weak == Weak.DIFFER ? "" : text.substring(2);
            }
            tag(text).ifPresent(tags::add);
        }
        return new ETagMatch.OneOf(tags);
    }

    private static Optional<ETag> tag(String text) {
        var quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        try {
            return Optional.of(new ETag(quoted ? text.substring(1, text.length() - 1) : text));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    private static @Nullable Instant moment(Headers headers, String name) {
        try {
            var text = headers.only(name).orElse("");
            return text.isEmpty() ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
