package io.triport.domain.durable;

import java.util.List;
import java.util.Optional;

/**
 * What the objects of a deployment keep, for whoever looks and is none of them. A look wakes, claims and changes nothing, and is the
 * same whether another process has the objects, this one, or nobody. It shows commits: what an event has written before its end is not
 * seen; of one call all is from one moment, of two calls it need not be. Safe for many threads.
 *
 * <p>Every method throws {@link io.triport.domain.failure.StorageFailure} for what the store did not do.
 */
public interface ObjectInventory {
    /** Classes of which there are objects that keep something, in the order of their names. */
    List<ObjectClass> classes();

    /** How many objects of a class keep something; counting ends at {@code most}, 1 or more. */
    long count(ObjectClass type, int most);

    /** Objects that keep something, if only an alarm, in the order of their ids. */
    KeptObjects list(ObjectsQuery query);

    /** Empty where the object keeps nothing, and for the id of another class. */
    Optional<ObjectSummary> find(ObjectClass type, ObjectId id);

    /** Entries of an object's state, in the order of their keys' bytes; none where it keeps nothing. */
    List<StateGlance> state(ObjectClass type, ObjectId id, StateLook look);
}
