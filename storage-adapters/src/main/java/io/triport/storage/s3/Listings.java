package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Pages of a bucket. */
record Listings(Control control, String bucket) {
    /*
     * Positions. Of objects it is the endpoint's own token, behind a letter; of versions, the key and version that it names as next.
     *
     * A marker within a common prefix. Endpoints give that prefix once more, because keys of it follow; the port does not.
     */
    private static final Comparator<Listed> ORDER = Comparator.comparing(Listed::sortedBy);

    ObjectPage list(ObjectQuery query) {
        return query.versions() == ObjectQuery.Versions.CURRENT ? current(query) : all(query);
    }

    private ObjectPage current(ObjectQuery query) {
        var request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .encodingType(EncodingType.URL)
                .prefix(text(query.prefix()))
                .delimiter(text(query.delimiter()))
                .maxKeys(query.limit());
        switch (query.start()) {
            case ListStart.Beginning beginning -> {}
            case ListStart.After after -> request.startAfter(text(after.key()));
            case ListStart.Resumed resumed -> request.continuationToken(token(resumed.position()));
        }
        var built = request.build();
        try {
            return control.call(Effect.NONE, client -> client.listObjectsV2(built), answer -> page(query, answer));
        } catch (Control.Refused e) {
            // The token is the endpoint's own, and all else of the request is ours.
            throw e.error().status() == 400 && query.start() instanceof ListStart.Resumed
                    ? new StorageFailure.Rejected(FailureCode.BAD_CURSOR, "s3: no position of this listing")
                    : Failures.of(e.error(), Effect.NONE);
        }
    }

    private static ObjectPage page(ObjectQuery query, ListObjectsV2Response answer) {
        var entries = new ArrayList<Listed>();
        for (var object : answer.contents()) {
            var key = ObjectKey.of(object.key());
            entries.add(item(
                    key,
                    VersionId.NULL,
                    object.eTag(),
                    object.size(),
                    object.lastModified(),
                    object.storageClassAsString(),
                    true));
        }
        answer.commonPrefixes().forEach(found -> entries.add(new Listed.CommonPrefix(Bytes.utf8(found.prefix()))));
        var next = Boolean.TRUE.equals(answer.isTruncated())
                ? Optional.ofNullable(answer.nextContinuationToken()).map(token -> "t" + token)
                : Optional.<String>empty();
        return page(query, entries, next.orElse(null));
    }

    private ObjectPage all(ObjectQuery query) {
        var request = ListObjectVersionsRequest.builder()
                .bucket(bucket)
                .encodingType(EncodingType.URL)
                .prefix(text(query.prefix()))
                .delimiter(text(query.delimiter()))
                .maxKeys(query.limit());
        switch (query.start()) {
            case ListStart.Beginning beginning -> {}
            case ListStart.After after -> {
                request.keyMarker(text(after.key()));
                if (after.version() != null) {
                    request.versionIdMarker(after.version().text());
                }
            }
            case ListStart.Resumed resumed -> {
                var marker = marker(resumed.position());
                request.keyMarker(marker.key()).versionIdMarker(marker.version());
            }
        }
        var built = request.build();
        return control.mustCall(Effect.NONE, client -> client.listObjectVersions(built), answer -> page(query, answer));
    }

    private static ObjectPage page(ObjectQuery query, ListObjectVersionsResponse answer) {
        var entries = new ArrayList<Listed>();
        for (var version : answer.versions()) {
            entries.add(item(
                    ObjectKey.of(version.key()),
                    new VersionId(version.versionId()),
                    version.eTag(),
                    version.size(),
                    version.lastModified(),
                    version.storageClassAsString(),
                    Boolean.TRUE.equals(version.isLatest())));
        }
        for (var marker : answer.deleteMarkers()) {
            entries.add(new Listed.DeleteMarker(
                    ObjectKey.of(marker.key()),
                    new VersionId(marker.versionId()),
                    marker.lastModified(),
                    Boolean.TRUE.equals(marker.isLatest())));
        }
        // The answer has versions and markers apart; within a key they go by time, the current one first.
        entries.sort(ORDER.thenComparing(Listings::latest, Comparator.reverseOrder())
                .thenComparing(Listings::modified, Comparator.reverseOrder()));
        answer.commonPrefixes().forEach(found -> entries.add(new Listed.CommonPrefix(Bytes.utf8(found.prefix()))));
        var next = Boolean.TRUE.equals(answer.isTruncated()) && answer.nextKeyMarker() != null
                ? new Marker(answer.nextKeyMarker(), answer.nextVersionIdMarker()).position()
                : null;
        return page(query, entries, next);
    }

    private static ObjectPage page(ObjectQuery query, List<Listed> entries, @Nullable String next) {
        var repeated = repeated(query);
        entries.removeIf(entry -> entry instanceof Listed.CommonPrefix(var prefix)
                && repeated.filter(prefix::equals).isPresent());
        entries.sort(ORDER);
        return next == null ? new ObjectPage.Last(entries) : new ObjectPage.More(entries, next);
    }

    /** The common prefix that the marker lies in. */
    private static Optional<Bytes> repeated(ObjectQuery query) {
        if (!(query.start() instanceof ListStart.After after)
                || query.delimiter().isEmpty()
                || !after.key().startsWith(query.prefix())) {
            return Optional.empty();
        }
        var size = query.delimiter().size();
        for (var at = query.prefix().size(); at + size <= after.key().size(); at++) {
            if (after.key().slice(at, at + size).equals(query.delimiter())) {
                return Optional.of(after.key().slice(0, at + size));
            }
        }
        return Optional.empty();
    }

    private static Listed.Item item(
            ObjectKey key,
            VersionId version,
            @Nullable String etag,
            @Nullable Long size,
            @Nullable Instant modified,
            @Nullable String storageClass,
            boolean latest) {
        var info = new ObjectInfo(
                key,
                version,
                Heads.etag(etag == null ? "" : etag),
                size == null ? 0 : size,
                modified == null ? Instant.EPOCH : modified,
                HttpMetadata.NONE,
                UserMetadata.NONE,
                Heads.storageClass(storageClass),
                0,
                null,
                List.of());
        return new Listed.Item(info, latest);
    }

    private static boolean latest(Listed entry) {
        return switch (entry) {
            case Listed.Item item -> item.latest();
            case Listed.DeleteMarker marker -> marker.latest();
            case Listed.CommonPrefix prefix -> false;
        };
    }

    private static Instant modified(Listed entry) {
        return switch (entry) {
            case Listed.Item item -> item.info().modified();
            case Listed.DeleteMarker marker -> marker.modified();
            case Listed.CommonPrefix prefix -> Instant.EPOCH;
        };
    }

    static @Nullable String text(Bytes bytes) {
        return bytes.isEmpty() ? null : bytes.toUtf8();
    }

    private static String token(String position) {
        if (position.length() < 2 || position.charAt(0) != 't') {
            throw new StorageFailure.Rejected(FailureCode.BAD_CURSOR, "s3: no position of objects");
        }
        return position.substring(1);
    }

    private static Marker marker(String position) {
        try {
            var parts = position.split("[.]", -1);
            if (parts.length == 3 && "v".equals(parts[0])) {
                return new Marker(Objects.requireNonNull(decoded(parts[1])), decoded(parts[2]));
            }
        } catch (IllegalArgumentException e) {
            throw new StorageFailure.Rejected(FailureCode.BAD_CURSOR, "s3: no position of versions");
        }
        throw new StorageFailure.Rejected(FailureCode.BAD_CURSOR, "s3: no position of versions");
    }

    private static @Nullable String decoded(String text) {
        return text.isEmpty() ? null : new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private record Marker(String key, @Nullable String version) {
        private String position() {
            return "v." + encoded(key) + "." + (version == null ? "" : encoded(version));
        }

        private static String encoded(String text) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
