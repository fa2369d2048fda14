package io.triport.storage.object;

import io.triport.domain.object.Conditions;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.Versioning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The versions of keys within one change: what a write or delete does to those that are there. */
final class KeyHistory {
    /*
     * A bucket that keeps no versions has one row per key, of the version `null`, which a write replaces. One that keeps them
     * gets a row more with every write, and a delete is a row too. A suspended one replaces its `null` row and leaves the
     * others. A bucket that was switched off while it has versions goes on as a suspended one for their keys: a delete must
     * not bring an older version back.
     */
    private final ObjectChanges changes;
    private final Versioning versioning;
    private final List<Long> dropped = new ArrayList<>();

    KeyHistory(ObjectChanges changes, Versioning versioning) {
        this.changes = changes;
        this.versioning = versioning;
    }

    /** Why a write under the conditions is refused as things are; empty when it is not. */
    static Optional<PutOutcome> refusal(ObjectRows rows, ObjectKey key, Conditions conditions) {
        if (conditions.equals(Conditions.NONE)) {
            return Optional.empty();
        }
        var present = rows.latest(key.bytes()).filter(row -> !row.marker());
        if (present.isEmpty()) {
            return conditions.needObject() ? Optional.of(new PutOutcome.Missing()) : Optional.empty();
        }
        return holds(conditions, present.get()) ? Optional.empty() : Optional.of(new PutOutcome.PreconditionFailed());
    }

    /** Makes the object the newest of its key. @param fresh a version that never was */
    ObjectRow put(ObjectKey key, VersionId fresh, Instant now, StoredObject object) {
        var newest = changes.latest(key.bytes());
        if (versioning == Versioning.ENABLED) {
            newest.ifPresent(this::outdate);
            return add(key, fresh, now, object);
        }
        // Most often the newest is the one that is replaced, and then nobody looks a second time.
        var replaced = newest.filter(row -> row.version().equals(VersionId.NULL))
                .or(() -> newest.flatMap(row -> changes.version(key.bytes(), VersionId.NULL)));
        replaced.ifPresent(this::remove);
        newest.filter(row -> replaced.isEmpty() || replaced.get().number() != row.number())
                .ifPresent(this::outdate);
        return add(key, VersionId.NULL, now, object);
    }

    DeleteOutcome delete(ObjectRef object, Conditions conditions, VersionId fresh, Instant now) {
        var version = object.version();
        var target = version == null
                ? changes.latest(object.key().bytes())
                : changes.version(object.key().bytes(), version);
        var present = target.filter(row -> !row.marker());
        if (present.isEmpty() && conditions.needObject()) {
            return new DeleteOutcome.Missing(object);
        }
        if (present.isPresent() && !holds(conditions, present.get())) {
            return new DeleteOutcome.PreconditionFailed(object);
        }
        return version == null
                ? deleteCurrent(object, fresh, now)
                : deleteVersion(object, version, target.orElse(null));
    }

    /** Uploads whose parts nobody needs any more. */
    List<Long> dropped() {
        return List.copyOf(dropped);
    }

    private DeleteOutcome deleteVersion(ObjectRef object, VersionId version, @Nullable ObjectRow target) {
        if (target == null) {
            return new DeleteOutcome.Deleted(object, version, false);
        }
        remove(target);
        if (target.latest()) {
            changes.latest(object.key().bytes()).ifPresent(row -> changes.markLatest(row.number(), true));
        }
        return new DeleteOutcome.Deleted(object, version, target.marker());
    }

    private DeleteOutcome deleteCurrent(ObjectRef object, VersionId fresh, Instant now) {
        if (versioning == Versioning.ENABLED) {
            insert(object.key(), fresh, now, null);
            return new DeleteOutcome.Deleted(object, fresh, true);
        }
        changes.version(object.key().bytes(), VersionId.NULL).ifPresent(this::remove);
        if (versioning == Versioning.OFF && !changes.hasVersions(object.key().bytes())) {
            return new DeleteOutcome.Deleted(object, null, false);
        }
        insert(object.key(), VersionId.NULL, now, null);
        return new DeleteOutcome.Deleted(object, VersionId.NULL, true);
    }

    private ObjectRow insert(ObjectKey key, VersionId version, Instant now, @Nullable StoredObject object) {
        changes.latest(key.bytes()).ifPresent(this::outdate);
        return add(key, version, now, object);
    }

    private void outdate(ObjectRow row) {
        if (row.latest()) {
            changes.markLatest(row.number(), false);
        }
    }

    /** The newest of its key, where no other says any more that it is. */
    private ObjectRow add(ObjectKey key, VersionId version, Instant now, @Nullable StoredObject object) {
        var row = new ObjectRow(changes.nextNumber(), key, version, true, now, object);
        changes.insert(row);
        return row;
    }

    private void remove(ObjectRow row) {
        changes.delete(row.number());
        if (row.object() == null) {
            return;
        }
        switch (row.object().place()) {
            case StoredObject.Place.Whole whole -> changes.unnamed(whole.bytes());
            case StoredObject.Place.WithRow small -> {
                // Gone with it.
            }
            case StoredObject.Place.Parts parts -> dropped.add(parts.upload());
        }
    }

    private static boolean holds(Conditions conditions, ObjectRow row) {
        return row.object() == null
                || conditions.judge(row.object().etag(), row.modified()) == Conditions.Verdict.PASSES;
    }
}
