package io.triport.storage.s3;

import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectTagging;
import io.triport.domain.object.Tags;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.Tag;

/** Tags of objects at an endpoint. */
record S3Tagging(Control control, String bucket) implements ObjectTagging {
    @Override
    public Optional<Tags> get(ObjectRef object) {
        var request = GetObjectTaggingRequest.builder()
                .bucket(bucket)
                .key(object.key().text())
                .versionId(version(object))
                .build();
        try {
            return Optional.of(control.call(
                    Effect.NONE,
                    client -> client.getObjectTagging(request),
                    answer -> new Tags(answer.tagSet().stream().collect(Collectors.toMap(Tag::key, Tag::value)))));
        } catch (Control.Refused e) {
            if ("NoSuchTagSet".equals(e.error().code())) {
                return Optional.of(Tags.NONE);
            }
            if (missing(e.error())) {
                return Optional.empty();
            }
            throw Failures.of(e.error(), Effect.NONE);
        }
    }

    @Override
    public boolean put(ObjectRef object, Tags tags) {
        try {
            return tags.entries().isEmpty() ? removed(object) : replaced(object, tags);
        } catch (Control.Refused e) {
            if (missing(e.error())) {
                return false;
            }
            throw Failures.of(e.error(), Effect.REPEATABLE);
        }
    }

    private boolean replaced(ObjectRef object, Tags tags) {
        var set = tags.entries().entrySet().stream()
                .map(entry -> Tag.builder()
                        .key(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
        var request = PutObjectTaggingRequest.builder()
                .bucket(bucket)
                .key(object.key().text())
                .versionId(version(object))
                .tagging(tagging -> tagging.tagSet(set))
                .build();
        return control.call(Effect.REPEATABLE, client -> client.putObjectTagging(request), answer -> true);
    }

    private boolean removed(ObjectRef object) {
        var request = DeleteObjectTaggingRequest.builder()
                .bucket(bucket)
                .key(object.key().text())
                .versionId(version(object))
                .build();
        return control.call(Effect.REPEATABLE, client -> client.deleteObjectTagging(request), answer -> true);
    }

    private static boolean missing(UpstreamError error) {
        return error.status() == 404 && !"NoSuchBucket".equals(error.code());
    }

    private static @Nullable String version(ObjectRef object) {
        return object.version() == null ? null : object.version().text();
    }
}
