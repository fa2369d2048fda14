package io.triport.domain.storage;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.util.List;
import java.util.Optional;

/**
 * The containers of an engine. An answered change is seen by every later call on every node. Safe for many threads.
 *
 * <p>Every method throws {@link StorageFailure.Unavailable} when the engine does not answer.
 */
public interface ResourceCatalogue {
    /** Makes an empty namespace. @throws StorageFailure.Rejected CONFLICT when the title is taken */
    Namespace create(NamespaceTitle title);

    /** Gives a namespace another title. @throws StorageFailure.Rejected NOT_FOUND, or CONFLICT when the title is taken */
    Namespace rename(NamespaceId id, NamespaceTitle title);

    /** Removes a namespace with all its keys; whether there was one. */
    boolean drop(NamespaceId id);

    Optional<Namespace> find(NamespaceTitle title);

    Optional<Namespace> find(NamespaceId id);

    /** All namespaces, in the order of their titles' UTF-8 bytes. */
    List<Namespace> namespaces();

    /**
     * Gives back the space of entries that have expired; they are invisible with or without it.
     *
     * @param most entries to remove at once, 1 or more
     * @return how many were removed; fewer than {@code most} when none is left
     */
    int reclaim(int most);
}
