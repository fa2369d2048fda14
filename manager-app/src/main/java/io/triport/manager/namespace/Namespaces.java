package io.triport.manager.namespace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.manager.access.Caller;
import io.triport.manager.access.GrantBook;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Author;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The namespaces that a caller may see, by their ids. Those that are protected are not there for anybody. A change commits with its
 * entry in the audit. Safe for many threads.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class Namespaces {
    /** The kind of the documents with a namespace's settings, by its id. */
    public static final String SETTINGS = GrantBook.NAMESPACE_SETTINGS;

    private final Storage storage;
    private final HiddenTitles hidden;
    private final GrantBook grants;
    private final Clock clock;

    Namespaces(Storage storage, HiddenTitles hidden, GrantBook grants, Clock clock) {
        this.grants = grants;
        this.storage = storage;
        this.hidden = hidden;
        this.clock = clock;
    }

    /** In the order of their titles. */
    public List<Namespace> all(Grant grant) {
        return storage.resources(grant).namespaces().stream()
                .filter(namespace -> !hidden.hides(namespace.title()))
                .toList();
    }

    /** @throws io.triport.manager.answer.Refused NAMESPACE_NOT_FOUND, for a text that is no id too */
    public Namespace require(Grant grant, String id) {
        return require(storage, grant, id);
    }

    /** The same as a unit sees it. */
    public Namespace require(Storage unit, Grant grant, String id) {
        return parsed(id)
                .flatMap(known -> unit.resources(grant).find(known))
                .filter(namespace -> !hidden.hides(namespace.title()))
                .orElseThrow(Problem.NAMESPACE_NOT_FOUND::refused);
    }

    /** Whether the caller may know of it. @param id empty for none, which everybody may */
    public boolean visible(Grant grant, String id) {
        return id.isEmpty()
                || parsed(id)
                        .flatMap(known -> storage.resources(grant).find(known))
                        .filter(namespace -> !hidden.hides(namespace.title()))
                        .isPresent();
    }

    /** Whether an id is that of none of which the caller may know. A text that is no id is that of nothing. */
    boolean absent(Grant grant, String id) {
        return parsed(id).isPresent() && !visible(grant, id);
    }

    /** Whether the caller may know all about it. @param id empty for everything there is */
    public boolean whole(Caller caller, Grant grant, String id) {
        return id.isEmpty()
                ? caller.rights().overall()
                : parsed(id)
                        .flatMap(known -> storage.resources(grant).find(known))
                        .filter(namespace -> !hidden.hides(namespace.title()))
                        .filter(namespace -> caller.rights().whole(namespace.title()))
                        .isPresent();
    }

    /** @param id empty for everything there is. @throws io.triport.manager.answer.Refused NAMESPACE_NOT_FOUND, FORBIDDEN */
    public void requireAdmin(Caller caller, Grant grant, String id) {
        if (id.isEmpty()) {
            caller.requireAdmin();
        } else {
            caller.requireAdmin(require(grant, id).title());
        }
    }

    /** Does what changes a namespace. @throws io.triport.manager.answer.Refused NAMESPACE_READ_ONLY where that is why it is not permitted */
    public <R> R changing(Grant grant, NamespaceId namespace, Supplier<R> change) {
        try {
            return change.get();
        } catch (StorageFailure.AccessDenied e) {
            throw grant.live(clock.instant())
                            && NamespaceMarks.of(storage.settings(grant), namespace)
                                    .readOnly()
                    ? Problem.NAMESPACE_READ_ONLY.refused()
                    : e;
        }
    }

    private static Optional<NamespaceId> parsed(String id) {
        try {
            return Optional.of(new NamespaceId(id));
        } catch (StorageFailure.Rejected e) {
            return Optional.empty();
        }
    }

    /** @throws io.triport.manager.answer.Refused TITLE_MISSING, TITLE_TAKEN */
    public Namespace create(Author by, String title) {
        var wanted = title(title);
        return by.together(storage, unit -> {
            var made = unit.resources(by.grant()).create(wanted);
            tell(unit, by, "create_namespace", made, Json.object().put("title", wanted.text()));
            return made;
        });
    }

    /** @throws io.triport.manager.answer.Refused also NAMESPACE_NOT_FOUND */
    public Namespace rename(Author by, String id, String title) {
        var fresh = title(title);
        var known = require(by.grant(), id).id();
        return changing(by.grant(), known, () -> renamed(by, id, fresh));
    }

    private Namespace renamed(Author by, String id, NamespaceTitle fresh) {
        return by.together(storage, unit -> {
            var before = require(unit, by.grant(), id);
            var renamed = unit.resources(by.grant()).rename(before.id(), fresh);
            tell(
                    unit,
                    by,
                    "rename_namespace",
                    renamed,
                    Json.object().put("old_title", before.title().text()).put("new_title", fresh.text()));
            return renamed;
        });
    }

    /**
     * With all its keys.
     *
     * @param confirmed its title where the caller gives it
     * @throws io.triport.manager.answer.Refused NAMESPACE_NOT_FOUND, NAMESPACE_READ_ONLY, CONFIRMATION_REQUIRED
     */
    public void drop(Author by, String id, Optional<String> confirmed) {
        var known = require(by.grant(), id).id();
        var dropped = changing(by.grant(), known, () -> dropped(by, id, confirmed));
        if (dropped) {
            grants.changed();
        }
    }

    private boolean dropped(Author by, String id, Optional<String> confirmed) {
        return by.together(storage, unit -> {
            var gone = require(unit, by.grant(), id);
            if (NamespaceMarks.of(unit.settings(by.grant()), gone.id()).guarded()
                    && confirmed.filter(gone.title().text()::equals).isEmpty()) {
                throw Problem.CONFIRMATION_REQUIRED.refused();
            }
            unit.settings(by.grant())
                    .delete(new DocumentName(NamespaceColor.KIND, gone.id().text()));
            unit.settings(by.grant())
                    .delete(new DocumentName(SETTINGS, gone.id().text()));
            tell(
                    unit,
                    by,
                    "delete_namespace",
                    gone,
                    Json.object().put("title", gone.title().text()));
            return unit.resources(by.grant()).drop(gone.id());
        });
    }

    private void tell(Storage unit, Author by, String operation, Namespace namespace, ObjectNode details) {
        by.tell(unit, operation, AuditPlace.of(namespace.id()), clock.instant(), new JsonText(details.toString()));
    }

    private NamespaceTitle title(String text) {
        try {
            var title = new NamespaceTitle(text);
            if (hidden.hides(title)) {
                throw Problem.TITLE_TAKEN.refused();
            }
            return title;
        } catch (StorageFailure.Rejected e) {
            throw e.code() == FailureCode.BAD_REQUEST
                    ? Problem.TITLE_MISSING.refused("The title must have 1 to 512 bytes")
                    : e;
        }
    }
}
