package io.triport.domain.durable;

import java.util.Optional;

/** The classes of objects of a deployment, before identity: what adapters give and {@code Storage} puts behind grants. */
public interface DurableClasses {
    /** Empty where no code is bound to the class. Cheap: nothing is read. */
    Optional<DurableObjects> objects(ObjectClass type);

    /** No classes at all. */
    static DurableClasses none() {
        return type -> Optional.empty();
    }
}
