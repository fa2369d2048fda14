package io.triport.domain.storage;

import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexId;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import java.util.List;
import java.util.Optional;

/** A catalogue of vector indexes whose calls are told to the log. */
final class TimedIndexCatalogue implements IndexCatalogue {
    private final IndexCatalogue catalogue;
    private final CallTimer timer;

    TimedIndexCatalogue(IndexCatalogue catalogue, CallTimer timer) {
        this.catalogue = catalogue;
        this.timer = timer;
    }

    @Override
    public Index create(IndexName name, IndexShape shape) {
        return timer.change("create", () -> catalogue.create(name, shape), created -> told("created", true));
    }

    @Override
    public boolean drop(IndexId id) {
        return timer.change("drop", () -> catalogue.drop(id), dropped -> told("dropped", dropped));
    }

    @Override
    public Optional<Index> find(IndexName name) {
        return timer.read("find", () -> catalogue.find(name), found -> told("found", found.isPresent()));
    }

    @Override
    public Optional<Index> find(IndexId id) {
        return timer.read("find", () -> catalogue.find(id), found -> told("found", found.isPresent()));
    }

    @Override
    public List<Index> indexes() {
        return timer.read("list", catalogue::indexes, found -> told("found", found.size()));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
