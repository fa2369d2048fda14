package io.triport.storage.apart;

import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.storage.queue.QueuePlace;
import java.util.List;
import java.util.Optional;

/** The namespaces of the own engine, and the space of both. */
record ApartQueuesCatalogue(ResourceCatalogue own, QueuePlace queues) implements ResourceCatalogue {
    /** The own engine first: its space comes back also while the queues are away. */
    @Override
    public int reclaim(int most) {
        var removed = own.reclaim(most);
        return removed == most ? removed : removed + queues.reclaim(most - removed);
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        return own.create(title);
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        return own.rename(id, title);
    }

    @Override
    public boolean drop(NamespaceId id) {
        return own.drop(id);
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return own.find(title);
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return own.find(id);
    }

    @Override
    public List<Namespace> namespaces() {
        return own.namespaces();
    }
}
