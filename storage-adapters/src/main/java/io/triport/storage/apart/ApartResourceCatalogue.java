package io.triport.storage.apart;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.ResourceCatalogue;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The namespaces of two engines. One of the own engine that has a title of the other's is not to be seen. */
final class ApartResourceCatalogue implements ResourceCatalogue {
    private final ResourceCatalogue own;
    private final ResourceCatalogue other;
    private final Set<NamespaceTitle> titles;
    private final Side side;

    ApartResourceCatalogue(ResourceCatalogue own, ResourceCatalogue other, Set<NamespaceTitle> titles, Side side) {
        this.own = own;
        this.other = other;
        this.titles = titles;
        this.side = side;
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        return changing(title).create(title);
    }

    /** @throws StorageFailure.Rejected as all, and UNSUPPORTED where its keys would have to go to the other engine */
    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        var present = find(id).orElseThrow(() ->
                new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)"));
        if (titles.contains(present.title()) != titles.contains(title)) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "rename: to another engine (expected: a title of the same one)");
        }
        return changing(title).rename(id, title);
    }

    @Override
    public boolean drop(NamespaceId id) {
        var present = find(id);
        return present.isPresent() && changing(present.get().title()).drop(id);
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return titles.contains(title) ? other.find(title) : own.find(title);
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return own.find(id).filter(this::isOwn).or(() -> other.find(id).filter(namespace -> !isOwn(namespace)));
    }

    @Override
    public List<Namespace> namespaces() {
        return Stream.concat(
                        own.namespaces().stream().filter(this::isOwn),
                        other.namespaces().stream().filter(namespace -> !isOwn(namespace)))
                .sorted(Comparator.comparing(namespace -> namespace.title().bytes()))
                .toList();
    }

    /** The own engine first: its space comes back also while the other one is away. */
    @Override
    public int reclaim(int most) {
        var removed = own.reclaim(most);
        return removed == most || side == Side.IN_UNIT ? removed : removed + other.reclaim(most - removed);
    }

    private boolean isOwn(Namespace namespace) {
        return !titles.contains(namespace.title());
    }

    private ResourceCatalogue changing(NamespaceTitle title) {
        if (!titles.contains(title)) {
            return own;
        }
        side.requireOutside();
        return other;
    }
}
