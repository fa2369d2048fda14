package io.triport.storage.cloudflare;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.Namespace;
import java.time.Clock;
import java.util.List;

/** What all stores of an account share. */
record Account(Mirror mirror, KnownNamespaces namespaces, Settling settling, Listings listings, Clock clock) {
    /** Keys as the account has them now. */
    void refresh(Namespace namespace, List<KvKey> keys) {
        settling.settleLeft(
                keys.stream().map(key -> Change.Place.of(namespace.id(), key)).toList());
        mirror.refresh(namespace.id(), keys);
    }

    AccountUnit unit() {
        return new AccountUnit(settling, mirror, namespaces);
    }
}
