package io.triport.manager.document;

import io.triport.domain.identity.Grant;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.Document;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.repeat.Effect;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The documents of one kind. Safe for many threads.
 *
 * @param kind as {@link DocumentName} has it
 * @param absent what is said of an id that is not there
 */
public record Shelf<T>(Storage storage, String kind, Form<T> form, Problem absent) {
    private static final int TRIES = 16;

    /** The same as a unit sees it. */
    public Shelf<T> within(Storage unit) {
        return new Shelf<>(unit, kind, form, absent);
    }

    /** Changes them for a caller, once where he has named his call: see {@link Effect#together}. @param unit gets them as it sees them */
    public <R> R together(Effect effect, Function<Shelf<T>, R> unit) {
        return effect.together(storage, inner -> unit.apply(within(inner)));
    }

    /** In the order of their ids' bytes. */
    public List<Kept<T>> list(Grant grant) {
        return storage.settings(grant).list(kind).stream().map(this::kept).toList();
    }

    public Optional<Kept<T>> find(Grant grant, String id) {
        try {
            return storage.settings(grant).find(new DocumentName(kind, id)).map(this::kept);
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    /** @throws io.triport.manager.answer.Refused where it is not there */
    public Kept<T> require(Grant grant, String id) {
        return find(grant, id).orElseThrow(absent::refused);
    }

    /** Empty when the id is taken. */
    public Optional<Kept<T>> add(Grant grant, String id, T value) {
        return put(grant, id, value, Settings.ABSENT);
    }

    /** Whatever was there. */
    public Kept<T> set(Grant grant, String id, T value) {
        return put(grant, id, value, Settings.WHATEVER)
                .orElseThrow(
                        () -> new IllegalStateException("document: refused (expected: written, whatever was there)"));
    }

    /** Empty when it has been changed meanwhile. */
    public Optional<Kept<T>> replace(Grant grant, Kept<T> present, T value) {
        return put(grant, present.id(), value, present.version());
    }

    /** Changes what is there, again when somebody else does so at the same time. @throws io.triport.manager.answer.Refused where it is not there */
    public Kept<T> change(Grant grant, String id, UnaryOperator<T> change) {
        for (var tries = 0; tries < TRIES; tries++) {
            var present = require(grant, id);
            var changed = replace(grant, present, change.apply(present.value()));
            if (changed.isPresent()) {
                return changed.get();
            }
        }
        throw Problem.VERSION_CONFLICT.refused("Others change it all the time; try again");
    }

    /** Whether it was there. */
    public boolean remove(Grant grant, String id) {
        try {
            return storage.settings(grant).delete(new DocumentName(kind, id));
        } catch (InvalidInput e) {
            return false;
        }
    }

    /** What is there no more. @throws io.triport.manager.answer.Refused where it was not there before */
    public String removed(Grant grant, String id) {
        if (!remove(grant, id)) {
            throw absent.refused();
        }
        return id;
    }

    private Optional<Kept<T>> put(Grant grant, String id, T value, long expected) {
        var content = new JsonText(Json.bytes(form.write(value)).toUtf8());
        return storage.settings(grant)
                .put(new DocumentName(kind, id), content, expected)
                .map(this::kept);
    }

    private Kept<T> kept(Document document) {
        var value = form.read(new Fields(Json.parse(document.content().text())));
        return new Kept<>(document.name().id(), value, document.version(), document.updated());
    }
}
