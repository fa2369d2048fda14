package io.triport.kv;

import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.Set;

/**
 * What the routes of the proxy need to know.
 *
 * @param listLimit names in one page at most, 1..1000
 * @param apart titles of namespaces that lie on another engine than the notes of repeatable calls
 */
record KvSettings(StoredNames names, int listLimit, Set<NamespaceTitle> apart) {
    KvSettings {
        apart = Set.copyOf(apart);
    }

    /** Of a proxy that has all on one engine. */
    KvSettings(StoredNames names, int listLimit) {
        this(names, listLimit, Set.of());
    }
}
