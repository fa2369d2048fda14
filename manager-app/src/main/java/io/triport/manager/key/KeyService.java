package io.triport.manager.key;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import io.triport.domain.keyvalue.KvPut;
import io.triport.domain.keyvalue.KvVersion;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyLabels;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.event.EventKind;
import io.triport.manager.event.Events;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Author;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Every write of a key, each in one unit with what was before and with its entry in the audit. Finds the namespace by its id within
 * that unit, so that a title which has gone to another namespace meanwhile leads nowhere. Safe for many threads.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class KeyService {
    private final Storage storage;
    private final Namespaces namespaces;
    private final KeyUnits units;
    private final Events events;

    KeyService(Storage storage, Namespaces namespaces, KeyUnits units, Events events) {
        this.storage = storage;
        this.namespaces = namespaces;
        this.units = units;
        this.events = events;
    }

    /** What a key should be, once it is known what it is. */
    @FunctionalInterface
    public interface Change extends UnaryOperator<KvEntry> {}

    /**
     * Replaces an entry whatever it was.
     *
     * @return its version
     */
    public KvVersion put(Author by, Namespace namespace, KvPair pair) {
        return put(by, namespace, pair.key(), KvCondition.ANY, present -> pair.entry());
    }

    /**
     * Replaces an entry if it is what the condition says.
     *
     * @param change gets the present entry, or an empty one of no version
     * @throws io.triport.manager.answer.Refused VERSION_CONFLICT, SCHEMA_VIOLATED
     */
    public KvVersion put(Author by, Namespace namespace, KvKey key, KvCondition condition, Change change) {
        var written = write(by, namespace, unit -> {
            var present = unit.store().get(key);
            if (!condition.holds(present.map(KvEntry::version).orElse(KvVersion.NONE))) {
                throw Problem.VERSION_CONFLICT.refused();
            }
            var next = change.apply(present.orElse(KvEntry.of("")));
            unit.require(key, next);
            present.ifPresent(before -> unit.keep(key, before, "update"));
            var version = stored(unit.store().put(key, next, condition));
            unit.tell(present.isPresent() ? "update" : "create", key);
            return new Written(version, present.isPresent() ? EventKind.KEY_UPDATE : EventKind.KEY_CREATE);
        });
        events.key(written.kind, namespace, key, by.user());
        return written.version;
    }

    private record Written(KvVersion version, EventKind kind) {}

    private static KvVersion stored(KvPut outcome) {
        return switch (outcome) {
            case KvPut.Stored(var version) -> version;
            case KvPut.Refused refused -> throw Problem.VERSION_CONFLICT.refused();
        };
    }

    /** What became of a key that was to go. */
    public enum Deletion {
        /** It was not there. */
        ABSENT,
        DELETED,
        /** There was no room to keep what it was. */
        DELETED_FOR_GOOD
    }

    /** @throws io.triport.manager.answer.Refused VERSION_CONFLICT */
    public Deletion delete(Author by, Namespace namespace, KvKey key, KvCondition condition) {
        var deletion = sparing(keeping -> write(by, namespace, unit -> delete(unit, key, condition, keeping)));
        if (deletion != Deletion.ABSENT) {
            events.key(EventKind.KEY_DELETE, namespace, key, by.user());
        }
        return deletion;
    }

    private static Deletion delete(KeyUnit unit, KvKey key, KvCondition condition, Keeping keeping) {
        var present = unit.store().get(key);
        if (!condition.holds(present.map(KvEntry::version).orElse(KvVersion.NONE))) {
            throw Problem.VERSION_CONFLICT.refused();
        }
        if (present.isEmpty()) {
            return Deletion.ABSENT;
        }
        return switch (keeping) {
            case VERSIONS -> {
                unit.keep(key, present.get(), "delete");
                unit.store().delete(key);
                unit.tell("delete", key);
                yield Deletion.DELETED;
            }
            case NOTHING -> {
                // First, so that what follows has the room that it leaves.
                unit.store().delete(key);
                unit.tell("delete", key, Keeping.told(Json.object()));
                yield Deletion.DELETED_FOR_GOOD;
            }
        };
    }

    /** Puts any number of pairs, as one. @throws io.triport.manager.answer.Refused SCHEMA_VIOLATED */
    public BulkOutcome putAll(Author by, Namespace namespace, PairSource pairs) {
        var keys = pairs.keys();
        if (keys.isEmpty()) {
            return new BulkOutcome(0, List.of());
        }
        var written = write(by, namespace, unit -> {
            // All keys first: who reads keys holds them, and whoever holds many takes them in one order.
            unit.keepAll(keys, "bulk_put");
            var failed = new ArrayList<BulkOutcome.Failed>();
            pairs.each(some -> {
                some.forEach(pair -> unit.require(pair.key(), pair.entry()));
                failed.addAll(unit.store().putMany(some).failed());
            });
            var outcome = new BulkOutcome(keys.size() - failed.size(), failed);
            unit.tell("bulk_put", KeyUnit.counted(keys.size(), outcome));
            return outcome;
        });
        events.bulk(EventKind.BATCH_COMPLETE, "bulk_put", namespace, by.user(), written);
        return written;
    }

    /** Deletes any number of keys, as one. */
    public BulkOutcome deleteAll(Author by, Namespace namespace, List<KvKey> keys) {
        if (keys.isEmpty()) {
            return new BulkOutcome(0, List.of());
        }
        var deleted = sparing(keeping -> write(by, namespace, unit -> deleteAll(unit, keys, keeping)));
        events.bulk(EventKind.BULK_DELETE_COMPLETE, "bulk_delete", namespace, by.user(), deleted);
        return deleted;
    }

    private static BulkOutcome deleteAll(KeyUnit unit, List<KvKey> keys, Keeping keeping) {
        if (keeping == Keeping.VERSIONS) {
            unit.keepAll(keys, "bulk_delete");
        }
        var outcome = unit.store().deleteMany(keys);
        var details = KeyUnit.counted(keys.size(), outcome);
        unit.tell("bulk_delete", keeping == Keeping.VERSIONS ? details : Keeping.told(details));
        return outcome;
    }

    /** Deletes make room, so on a full disk they are done without what needs some. */
    private static <R> R sparing(Function<Keeping, R> work) {
        try {
            return work.apply(Keeping.VERSIONS);
        } catch (StorageFailure.Unavailable e) {
            if (e.code() != FailureCode.FULL) {
                throw e;
            }
            return work.apply(Keeping.NOTHING);
        }
    }

    /**
     * Gives an entry another name; its labels and what it was before go with it.
     *
     * @throws io.triport.manager.answer.Refused KEY_NOT_FOUND, KEY_TAKEN, SCHEMA_VIOLATED
     */
    public void rename(Author by, Namespace namespace, KvKey from, KvKey to) {
        write(by, namespace, unit -> {
            var entry = unit.store().get(from).orElseThrow(Problem.KEY_NOT_FOUND::refused);
            unit.require(to, entry);
            var labels = unit.labels(from);
            if (unit.store().put(to, entry, KvCondition.IF_ABSENT) instanceof KvPut.Refused) {
                throw Problem.KEY_TAKEN.refused();
            }
            unit.label(to, labels);
            unit.history().move(unit.namespace().title(), from, to);
            unit.tell(
                    "key_rename",
                    from,
                    Json.object().put("old_name", from.text()).put("new_name", to.text()));
            return unit.store().delete(from);
        });
        events.key(EventKind.KEY_DELETE, namespace, from, by.user());
        events.key(EventKind.KEY_CREATE, namespace, to, by.user());
    }

    /**
     * Writes on a key.
     *
     * @throws io.triport.manager.answer.Refused KEY_NOT_FOUND
     */
    public void label(Author by, Namespace namespace, KvKey key, UnaryOperator<KeyLabels> change) {
        write(by, namespace, unit -> {
            if (unit.store().get(key).isEmpty()) {
                throw Problem.KEY_NOT_FOUND.refused();
            }
            unit.label(key, change.apply(unit.labels(key)));
            unit.tell("metadata_update", key);
            return true;
        });
    }

    /**
     * Brings back what a key was before its last change, which is forgotten with that, so that the same again goes further back.
     *
     * @throws io.triport.manager.answer.Refused BACKUP_NOT_FOUND, SCHEMA_VIOLATED
     */
    public void undo(Author by, Namespace namespace, KvKey key) {
        write(by, namespace, unit -> {
            var title = unit.namespace().title();
            var before = unit.history().versions(title, key, Long.MAX_VALUE, 1).stream()
                    .flatMap(summary -> unit.history().find(title, key, summary.number()).stream())
                    .findFirst()
                    .orElseThrow(Problem.BACKUP_NOT_FOUND::refused);
            restore(unit, before);
            unit.history().remove(title, key, before.number());
            unit.tell("restore_backup", key);
            return true;
        });
        events.key(EventKind.KEY_UPDATE, namespace, key, by.user());
    }

    /**
     * Makes a key again what it was, and keeps what it is.
     *
     * @throws io.triport.manager.answer.Refused BACKUP_NOT_FOUND, SCHEMA_VIOLATED
     */
    public KvVersion restore(Author by, Namespace namespace, KvKey key, long number) {
        var restored = write(by, namespace, unit -> {
            var before = unit.history()
                    .find(unit.namespace().title(), key, number)
                    .orElseThrow(Problem.BACKUP_NOT_FOUND::refused);
            unit.store().get(key).ifPresent(present -> unit.keep(key, present, "restore_backup"));
            var version = restore(unit, before);
            unit.tell("restore_backup", key, Json.object().put("version", number));
            return version;
        });
        events.key(EventKind.KEY_UPDATE, namespace, key, by.user());
        return restored;
    }

    private static KvVersion restore(KeyUnit unit, KeptVersion before) {
        if (before.entry().expiry().passed(unit.now())) {
            throw Problem.BACKUP_NOT_FOUND.refused("What the key was has expired meanwhile");
        }
        unit.require(before.key(), before.entry());
        var version = stored(unit.store().put(before.key(), before.entry(), KvCondition.ANY));
        unit.label(before.key(), before.labels());
        return version;
    }

    private <R> R write(Author by, Namespace namespace, Function<KeyUnit, R> work) {
        return namespaces.changing(by.grant(), namespace.id(), () -> written(by, namespace, work));
    }

    private <R> R written(Author by, Namespace namespace, Function<KeyUnit, R> work) {
        return by.together(storage, inner -> {
            var now = namespaces.require(inner, by.grant(), namespace.id().text());
            try {
                return work.apply(units.within(inner, by, now));
            } catch (StorageFailure.Rejected e) {
                throw e.code() == FailureCode.NOT_FOUND ? Problem.NAMESPACE_NOT_FOUND.refused() : e;
            }
        });
    }
}
