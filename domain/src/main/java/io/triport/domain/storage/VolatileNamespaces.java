package io.triport.domain.storage;

import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.Set;

/**
 * Namespaces that a deployment wants on a server which may lose what it has answered, by their titles. All else stays on the
 * engine.
 *
 * @param titles one or more
 */
public record VolatileNamespaces(Set<NamespaceTitle> titles, StorageSettings.Redis server) {
    public VolatileNamespaces {
        if (titles.isEmpty()) {
            throw new IllegalArgumentException("titles: none (expected: one or more)");
        }
        titles = Set.copyOf(titles);
    }
}
