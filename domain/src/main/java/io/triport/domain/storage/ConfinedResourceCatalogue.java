package io.triport.domain.storage;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.List;
import java.util.Optional;

/** The containers that a grant may see; the others do not exist for it. */
final class ConfinedResourceCatalogue implements ResourceCatalogue {
    private final ResourceCatalogue catalogue;
    private final GrantGuard guard;

    ConfinedResourceCatalogue(ResourceCatalogue catalogue, GrantGuard guard) {
        this.catalogue = catalogue;
        this.guard = guard;
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        guard.require(Action.NAMESPACE_CREATE, name(title));
        return catalogue.create(title);
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        guard.require(Action.NAMESPACE_RENAME, name(title));
        var present = find(id);
        if (present.isEmpty()) {
            throw new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)");
        }
        guard.require(Action.NAMESPACE_RENAME, name(present.get().title()));
        return catalogue.rename(id, title);
    }

    @Override
    public boolean drop(NamespaceId id) {
        var present = find(id);
        present.ifPresent(namespace -> guard.require(Action.NAMESPACE_DROP, name(namespace.title())));
        return present.isPresent() && catalogue.drop(id);
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        guard.require(Action.NAMESPACE_FIND, name(title));
        return catalogue.find(title);
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        guard.requireLive();
        return catalogue.find(id).filter(this::visible);
    }

    @Override
    public List<Namespace> namespaces() {
        guard.requireLive();
        return catalogue.namespaces().stream().filter(this::visible).toList();
    }

    @Override
    public int reclaim(int most) {
        guard.require(Action.SPACE_RECLAIM, ResourceName.container(""));
        return catalogue.reclaim(most);
    }

    private boolean visible(Namespace namespace) {
        return guard.permits(Action.NAMESPACE_FIND, name(namespace.title()));
    }

    private static ResourceName name(NamespaceTitle title) {
        return ResourceName.container(title.text());
    }
}
