package io.triport.kv;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.KvRefused;
import java.util.function.Function;

/**
 * One namespace of a request: says in the protocol's words what the key may not do, and bridges that the proxy's namespaces
 * come into being with their first entry.
 */
final class KvSpace {
    private final Storage storage;
    private final Grant grant;
    private final NamespaceTitle title;

    /** @throws KvRefused when the key may not use the namespace */
    KvSpace(Storage storage, Grant grant, NamespaceTitle title) {
        this.storage = storage;
        this.grant = grant;
        this.title = title;
        if (!grant.permits(Action.NAMESPACE_FIND, ResourceName.container(title.text()))) {
            throw KvRefused.denied(KvError.NAMESPACE_DENIED, "Namespace not allowed for this key");
        }
    }

    Grant grant() {
        return grant;
    }

    NamespaceTitle title() {
        return title;
    }

    /** @throws KvRefused when the key may not do that to the item */
    void require(Action action, Bytes item) {
        if (!grant.permits(action, new ResourceName(title.text(), item))) {
            throw KvRefused.denied(KvError.PREFIX_DENIED, "Key prefix not allowed for this key");
        }
    }

    KvKey key(Action action, String text) {
        var key = KvKey.of(text);
        require(action, key.bytes());
        return key;
    }

    /** What is read where there is no namespace yet is what an empty one has. */
    <R> R read(Function<KeyValueStore, R> call, R none) {
        try {
            return call.apply(store());
        } catch (StorageFailure.Rejected e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return none;
            }
            throw e;
        }
    }

    <R> R write(Function<KeyValueStore, R> call) {
        try {
            return call.apply(store());
        } catch (StorageFailure.Rejected e) {
            if (e.code() != FailureCode.NOT_FOUND) {
                throw e;
            }
            create();
            return call.apply(store());
        }
    }

    /** The same namespace through the storage of a unit. */
    KvSpace in(Storage unit) {
        return new KvSpace(unit, grant, title);
    }

    private void create() {
        try {
            storage.resources(grant).create(title);
        } catch (StorageFailure.Rejected e) {
            // Somebody else made it meanwhile, which is as good.
            if (e.code() != FailureCode.CONFLICT) {
                throw e;
            }
        }
    }

    private KeyValueStore store() {
        return storage.keyValue(grant, title);
    }
}
