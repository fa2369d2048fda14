package io.triport.domain.storage;

import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.List;
import java.util.Optional;

/** A catalogue whose calls are told to the log. */
final class TimedResourceCatalogue implements ResourceCatalogue {
    private final ResourceCatalogue catalogue;
    private final CallTimer timer;

    TimedResourceCatalogue(ResourceCatalogue catalogue, CallTimer timer) {
        this.catalogue = catalogue;
        this.timer = timer;
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        return timer.change("create", () -> catalogue.create(title), created -> told("created", true));
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        return timer.change("rename", () -> catalogue.rename(id, title), renamed -> told("renamed", true));
    }

    @Override
    public boolean drop(NamespaceId id) {
        return timer.change("drop", () -> catalogue.drop(id), dropped -> told("dropped", dropped));
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return timer.read("find", () -> catalogue.find(title), found -> told("found", found.isPresent()));
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return timer.read("find", () -> catalogue.find(id), found -> told("found", found.isPresent()));
    }

    @Override
    public List<Namespace> namespaces() {
        return timer.read("list", catalogue::namespaces, found -> told("found", found.size()));
    }

    @Override
    public int reclaim(int most) {
        return timer.change("reclaim", () -> catalogue.reclaim(most), removed -> told("removed", removed));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
