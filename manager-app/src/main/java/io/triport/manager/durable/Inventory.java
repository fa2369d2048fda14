package io.triport.manager.durable;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.cursor.Cursor;
import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.durable.KeptObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectInventory;
import io.triport.domain.durable.ObjectsQuery;
import io.triport.domain.durable.StateGlance;
import io.triport.domain.durable.StateKey;
import io.triport.domain.durable.StateLook;
import io.triport.domain.durable.StateQuery;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Query;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The durable objects at which a caller may look, page by page. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class Inventory {
    /** Half of the digits of an id of Cloudflare's API. */
    private static final int ID_BYTES = 16;

    private final Storage storage;
    private final CursorSeal seal;

    Inventory(Storage storage, CursorSeal seal) {
        this.storage = storage;
        this.seal = seal;
    }

    /** A part of a list. @param next the cursor of the next part; empty for none */
    record Part<T>(List<T> shown, String next) {}

    /** @throws io.triport.domain.failure.StorageFailure.Rejected UNSUPPORTED where nobody but their owner sees them */
    ObjectInventory open(Grant grant) {
        return storage.objectInventory(grant);
    }

    /** By its name. @throws io.triport.manager.answer.Refused CLASS_NOT_FOUND, where the caller may see nothing of it too */
    ObjectClass require(Grant grant, String name) {
        return open(grant).classes().stream()
                .filter(type -> type.text().equals(name))
                .findFirst()
                .orElseThrow(Problem.CLASS_NOT_FOUND::refused);
    }

    /** By its id in Cloudflare's API. @throws io.triport.manager.answer.Refused as above */
    ObjectClass requireId(Grant grant, String id) {
        return open(grant).classes().stream()
                .filter(type -> id(type).equals(id))
                .findFirst()
                .orElseThrow(Problem.CLASS_NOT_FOUND::refused);
    }

    /** There is nothing that a class is known by but its name, so the id is made of it. */
    static String id(ObjectClass type) {
        return Bytes.copyOf(Sha256.of(type.text())).slice(0, ID_BYTES).toHex();
    }

    /** @throws io.triport.domain.failure.StorageFailure.Rejected BAD_CURSOR */
    KeptObjects objects(Grant grant, ObjectClass type, Query query, int limit) {
        var first = ObjectsQuery.first(type, limit);
        return open(grant)
                .list(cursor(query)
                        .map(cursor -> new ObjectsQuery(type, seal.open(scope(type), cursor), limit))
                        .orElse(first));
    }

    /** The cursor of what follows; empty for none. */
    String next(ObjectClass type, KeptObjects page) {
        return switch (page) {
            case KeptObjects.Last last -> "";
            case KeptObjects.More more ->
                seal.seal(scope(type), more.last().bytes()).text();
        };
    }

    /** @param limit below 1000 @throws io.triport.domain.failure.StorageFailure.Rejected BAD_CURSOR */
    Part<StateGlance> state(Grant grant, Place place, Query query, int limit, int beginning) {
        var prefix = Bytes.utf8(query.text("prefix").orElse(""));
        var scope = scope(place, prefix);
        var after = cursor(query).map(cursor -> seal.open(scope, cursor)).orElse(Bytes.EMPTY);
        var look = new StateLook(new StateQuery(prefix, after, limit + 1), beginning);
        var found = open(grant).state(place.type(), place.id(), look);
        if (found.size() <= limit) {
            return new Part<>(found, "");
        }
        var shown = found.subList(0, limit);
        return new Part<>(shown, seal.seal(scope, shown.getLast().key().bytes()).text());
    }

    /** One entry, with at most so many bytes of its value. @throws io.triport.manager.answer.Refused STATE_ENTRY_NOT_FOUND */
    StateGlance entry(Grant grant, Place place, StateKey key, int beginning) {
        // Of the keys that begin with this one it is the first.
        var look = new StateLook(new StateQuery(key.bytes(), Bytes.EMPTY, 1), beginning);
        return open(grant).state(place.type(), place.id(), look).stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow(Problem.STATE_ENTRY_NOT_FOUND::refused);
    }

    /** An object among those of all classes. */
    record Place(ObjectClass type, ObjectId id) {}

    private static Optional<Cursor> cursor(Query query) {
        return query.text("cursor").filter(text -> !text.isEmpty()).map(Cursor::new);
    }

    private static CursorScope scope(ObjectClass type) {
        return new CursorScope(StoragePort.DURABLE_INVENTORY, type.text(), Bytes.EMPTY);
    }

    private static CursorScope scope(Place place, Bytes prefix) {
        return new CursorScope(
                StoragePort.DURABLE_INVENTORY,
                place.type().text(),
                place.id().bytes().concat(prefix));
    }
}
