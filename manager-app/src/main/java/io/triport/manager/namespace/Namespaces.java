package io.triport.manager.namespace;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Problem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The namespaces that a caller may see, by their ids. Those that are protected are not there for anybody. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class Namespaces {
    private final Storage storage;
    private final HiddenTitles hidden;

    Namespaces(Storage storage, HiddenTitles hidden) {
        this.storage = storage;
        this.hidden = hidden;
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

    private static Optional<NamespaceId> parsed(String id) {
        try {
            return Optional.of(new NamespaceId(id));
        } catch (StorageFailure.Rejected e) {
            return Optional.empty();
        }
    }

    /** @throws io.triport.manager.answer.Refused TITLE_MISSING, TITLE_TAKEN */
    public Namespace create(Grant grant, String title) {
        return storage.resources(grant).create(title(title));
    }

    /** @throws io.triport.manager.answer.Refused also NAMESPACE_NOT_FOUND */
    public Namespace rename(Grant grant, String id, String title) {
        var fresh = title(title);
        return storage.resources(grant).rename(require(grant, id).id(), fresh);
    }

    /** With all its keys. @throws io.triport.manager.answer.Refused NAMESPACE_NOT_FOUND */
    public void drop(Grant grant, String id) {
        if (!storage.resources(grant).drop(require(grant, id).id())) {
            throw Problem.NAMESPACE_NOT_FOUND.refused();
        }
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
