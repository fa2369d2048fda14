package io.triport.storage.nats;

import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.ResourceCatalogue;
import java.util.List;
import java.util.Optional;

/** No namespaces; messages that expire. */
record NatsResources(NatsEngine engine) implements ResourceCatalogue {
    @Override
    public int reclaim(int most) {
        return engine.rows().write(table -> engine.queues().reclaim(table, most));
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        throw NatsEngine.notKept("namespaces");
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        throw NatsEngine.notKept("namespaces");
    }

    @Override
    public boolean drop(NamespaceId id) {
        return false;
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return Optional.empty();
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return Optional.empty();
    }

    @Override
    public List<Namespace> namespaces() {
        return List.of();
    }
}
