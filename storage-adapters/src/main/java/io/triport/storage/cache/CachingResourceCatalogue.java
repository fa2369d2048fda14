package io.triport.storage.cache;

import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.ResourceCatalogue;
import java.util.List;
import java.util.Optional;

/** A catalogue after whose changes no title means what it meant before, so that everything seen is forgotten. */
final class CachingResourceCatalogue implements ResourceCatalogue {
    private final ResourceCatalogue catalogue;
    private final Runnable forgetAll;

    CachingResourceCatalogue(ResourceCatalogue catalogue, Runnable forgetAll) {
        this.catalogue = catalogue;
        this.forgetAll = forgetAll;
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        return catalogue.create(title);
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        try {
            return catalogue.rename(id, title);
        } finally {
            forgetAll.run();
        }
    }

    @Override
    public boolean drop(NamespaceId id) {
        try {
            return catalogue.drop(id);
        } finally {
            forgetAll.run();
        }
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return catalogue.find(title);
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return catalogue.find(id);
    }

    @Override
    public List<Namespace> namespaces() {
        return catalogue.namespaces();
    }

    @Override
    public int reclaim(int most) {
        return catalogue.reclaim(most);
    }
}
