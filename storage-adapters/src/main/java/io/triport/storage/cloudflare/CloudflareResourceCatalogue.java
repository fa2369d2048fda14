package io.triport.storage.cloudflare;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.ResourceCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The namespaces of an account. */
final class CloudflareResourceCatalogue implements ResourceCatalogue {
    private final CloudflareEngine engine;

    CloudflareResourceCatalogue(CloudflareEngine engine) {
        this.engine = engine;
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        return write((inner, unit) -> {
            var made = unit.made(title);
            var here = inner.local().resources().find(title);
            if (made.isPresent() && here.equals(made)) {
                return made.get();
            }
            if (here.isPresent()) {
                throw new StorageFailure.Rejected(FailureCode.CONFLICT, "title: taken (expected: a new one)");
            }
            return inner.local().adopt(made.orElseThrow(() -> unit.making(title)));
        });
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        look();
        return write((inner, unit) -> {
            var renamed = inner.local().resources().rename(id, title);
            unit.renamed(id);
            return renamed;
        });
    }

    @Override
    public boolean drop(NamespaceId id) {
        look();
        return write((inner, unit) -> {
            var dropped = inner.local().resources().drop(id);
            if (dropped) {
                unit.dropped(id);
            }
            return dropped;
        });
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        return find(() -> engine.local().resources().find(title));
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        return find(() -> engine.local().resources().find(id));
    }

    private Optional<Namespace> find(Supplier<Optional<Namespace>> here) {
        look();
        var found = here.get();
        if (found.isPresent() || engine.unit() != null) {
            return found;
        }
        engine.account().namespaces().refreshSoon();
        return here.get();
    }

    @Override
    public List<Namespace> namespaces() {
        look();
        return engine.local().resources().namespaces();
    }

    /** Also tries again what has not reached the account: who reclaims comes by every minute. */
    @Override
    public int reclaim(int most) {
        if (engine.unit() == null) {
            engine.account().settling().settleLeft();
        }
        return engine.local().resources().reclaim(most);
    }

    private void look() {
        if (engine.unit() == null) {
            engine.account().namespaces().refresh();
        }
    }

    @FunctionalInterface
    private interface Writing<R> {
        R within(CloudflareEngine inner, AccountUnit unit);
    }

    private <R> R write(Writing<R> work) {
        Function<CloudflareEngine, R> within = inner -> {
            var unit = inner.unit();
            if (unit == null) {
                throw new IllegalStateException("write: outside of a unit (expected: within one)");
            }
            return work.within(inner, unit);
        };
        return engine.unit() == null ? engine.within(within) : within.apply(engine);
    }
}
