package io.triport.domain.table;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.NamespaceTitle;

/** The keys of a namespace that begin with a prefix. */
public record KeyArea(NamespaceTitle namespace, KeyPrefix prefix) {
    public static KeyArea all(NamespaceTitle namespace) {
        return new KeyArea(namespace, KeyPrefix.EVERY);
    }
}
