package io.triport.storage.cloudflare;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.ResourceCatalogue;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the namespaces alike here and in the account. Its lock keeps a listing and a change of the account apart. */
final class KnownNamespaces {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final long FRESH_NANOS = 10_000_000_000L;
    private static final long SOONEST_NANOS = 1_000_000_000L;

    private final StorageEngine local;
    private final RemoteNamespaces remote;
    private final Unsettled unsettled;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean read;
    private long readAt;

    KnownNamespaces(StorageEngine local, RemoteNamespaces remote, Unsettled unsettled, Ticker ticker) {
        this.local = local;
        this.remote = remote;
        this.unsettled = unsettled;
        this.ticker = ticker;
    }

    /** Looks what the account has, unless that was a moment ago. */
    void refresh() {
        refresh(FRESH_NANOS);
    }

    /** The same for who has missed something. */
    void refreshSoon() {
        refresh(SOONEST_NANOS);
    }

    private void refresh(long age) {
        lock.lock();
        try {
            if (read && ticker.nanos() - readAt < age) {
                return;
            }
            var first = !read;
            read = true;
            readAt = ticker.nanos();
            try {
                adopt(remote.all());
            } catch (StorageFailure.Unavailable e) {
                if (first && local.resources().namespaces().isEmpty()) {
                    read = false;
                    throw e;
                }
                // What is known is shown: audit, history and search do not need the account.
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("namespaces of the account cannot be read");
            }
        } finally {
            lock.unlock();
        }
    }

    private void adopt(List<Namespace> there) {
        if (!there.stream()
                .collect(Collectors.toSet())
                .equals(java.util.Set.copyOf(local.resources().namespaces()))) {
            local.together(inner -> {
                adopt(inner, there.stream().collect(Collectors.toMap(Namespace::id, Function.identity())));
                return there.size();
            });
        }
    }

    private void adopt(StorageEngine inner, Map<NamespaceId, Namespace> there) {
        var catalogue = inner.resources();
        for (var here : catalogue.namespaces()) {
            var now = there.get(here.id());
            if (unsettled.has(Change.Place.of(here.id()))) {
                continue;
            }
            if (now == null) {
                catalogue.drop(here.id());
            } else if (!now.title().equals(here.title())) {
                // Out of the way first: two may have changed their titles with each other.
                catalogue.rename(here.id(), new NamespaceTitle("\u0000" + here.id()));
            }
        }
        there.values().stream()
                .filter(namespace -> !unsettled.has(Change.Place.of(namespace.id())))
                .forEach(namespace -> adopt(inner, catalogue, namespace));
    }

    private static void adopt(StorageEngine inner, ResourceCatalogue catalogue, Namespace namespace) {
        var here = catalogue.find(namespace.id());
        try {
            if (here.isEmpty()) {
                inner.adopt(namespace);
            } else if (!here.get().title().equals(namespace.title())) {
                catalogue.rename(namespace.id(), namespace.title());
            }
        } catch (StorageFailure.Rejected e) {
            // Its title is that of one whose new title is on its way to the account.
            LOG.atWarn().addKeyValue("namespace", namespace.id()).log("title of a namespace is taken here");
        }
    }

    /** @throws StorageFailure.Rejected CONFLICT when the title is taken there */
    Namespace make(NamespaceTitle title) {
        lock.lock();
        try {
            return remote.create(title);
        } finally {
            lock.unlock();
        }
    }

    /** Takes back what was made for a unit that came to nothing. */
    void unmake(Namespace namespace) {
        lock.lock();
        try {
            remote.drop(namespace.id());
            local.resources().drop(namespace.id());
        } catch (StorageFailure e) {
            LOG.atWarn().addKeyValue("namespace", namespace.id()).log("empty namespace stays in the account");
        } finally {
            lock.unlock();
        }
    }

    /** Gives a namespace there the title that it has here, or drops it there when it is not here. */
    void bring(NamespaceId id) {
        lock.lock();
        try {
            local.resources().find(id).ifPresentOrElse(remote::rename, () -> remote.drop(id));
        } finally {
            lock.unlock();
        }
    }

    /** What is here is not what is there. */
    void forget() {
        lock.lock();
        try {
            read = false;
        } finally {
            lock.unlock();
        }
    }
}
