package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.VersionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Deletes: in one request where the endpoint can be told so. */
record Deletes(Control control, String bucket) {
    List<DeleteOutcome> delete(List<ObjectRef> objects, Conditions conditions) {
        requireKnown(conditions);
        if (objects.isEmpty() || objects.size() > ObjectLimits.DELETE_AT_ONCE) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "s3: deletes " + objects.size() + " (1..1000)");
        }
        if (objects.size() == 1 || !conditions.equals(Conditions.NONE)) {
            return objects.stream().map(object -> one(object, conditions)).toList();
        }
        var together = objects.stream().filter(Deletes::writable).distinct().toList();
        var done = together.isEmpty() ? Map.<ObjectRef, DeleteOutcome>of() : many(together);
        var outcomes = new ArrayList<DeleteOutcome>(objects.size());
        for (var object : objects) {
            outcomes.add(
                    writable(object)
                            ? done.getOrDefault(object, new DeleteOutcome.Failed(object))
                            : one(object, conditions));
        }
        return outcomes;
    }

    private static void requireKnown(Conditions conditions) {
        ConditionFields.requireWritable(conditions);
        if (conditions.ifNoneMatch() != null) {
            throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "s3: a delete of what does not match");
        }
    }

    /** Whether XML can carry the key. */
    private static boolean writable(ObjectRef object) {
        return object.key().text().chars().allMatch(c -> c >= ' ' && c != 0xFFFE && c != 0xFFFF);
    }

    private DeleteOutcome one(ObjectRef object, Conditions conditions) {
        var request = DeleteObjectRequest.builder()
                .bucket(bucket)
                .key(object.key().text())
                .versionId(version(object))
                .ifMatch(ConditionFields.text(conditions.ifMatch()))
                .build();
        try {
            return control.call(
                    Effect.REPEATABLE, client -> client.deleteObject(request), answer -> deleted(object, answer));
        } catch (Control.Refused e) {
            return switch (e.error().status()) {
                case 412 -> new DeleteOutcome.PreconditionFailed(object);
                case 404 -> {
                    if ("NoSuchBucket".equals(e.error().code())) {
                        throw Failures.of(e.error(), Effect.REPEATABLE);
                    }
                    yield conditions.needObject()
                            ? new DeleteOutcome.Missing(object)
                            : new DeleteOutcome.Deleted(object, null, false);
                }
                default -> throw Failures.of(e.error(), Effect.REPEATABLE);
            };
        }
    }

    private static DeleteOutcome deleted(ObjectRef object, DeleteObjectResponse answer) {
        return new DeleteOutcome.Deleted(object, id(answer.versionId()), Boolean.TRUE.equals(answer.deleteMarker()));
    }

    private Map<ObjectRef, DeleteOutcome> many(List<ObjectRef> objects) {
        var identifiers = objects.stream()
                .map(object -> ObjectIdentifier.builder()
                        .key(object.key().text())
                        .versionId(version(object))
                        .build())
                .toList();
        var request = DeleteObjectsRequest.builder()
                .bucket(bucket)
                .delete(delete -> delete.objects(identifiers).quiet(false))
                .build();
        return control.mustCall(
                Effect.REPEATABLE, client -> client.deleteObjects(request), answer -> outcomes(objects, answer));
    }

    private static Map<ObjectRef, DeleteOutcome> outcomes(List<ObjectRef> objects, DeleteObjectsResponse answer) {
        var named = new HashMap<Name, ObjectRef>();
        objects.forEach(object -> named.put(new Name(object.key().text(), version(object)), object));
        var outcomes = new HashMap<ObjectRef, DeleteOutcome>();
        for (var deleted : answer.deleted()) {
            var object = named.get(new Name(deleted.key(), deleted.versionId()));
            if (object != null) {
                var marker = Boolean.TRUE.equals(deleted.deleteMarker());
                var version = deleted.deleteMarkerVersionId() != null && object.version() == null
                        ? deleted.deleteMarkerVersionId()
                        : deleted.versionId();
                outcomes.put(object, new DeleteOutcome.Deleted(object, id(version), marker));
            }
        }
        for (var failed : answer.errors()) {
            var object = named.get(new Name(failed.key(), failed.versionId()));
            if (object != null) {
                outcomes.put(
                        object,
                        "AccessDenied".equals(failed.code())
                                ? new DeleteOutcome.Denied(object)
                                : new DeleteOutcome.Failed(object));
            }
        }
        return outcomes;
    }

    private record Name(String key, @Nullable String version) {}

    private static @Nullable String version(ObjectRef object) {
        return object.version() == null ? null : object.version().text();
    }

    private static @Nullable VersionId id(@Nullable String text) {
        return text == null ? null : new VersionId(text);
    }
}
