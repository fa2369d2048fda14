package io.triport.domain.durable;

import java.util.Optional;

/** The classes of objects of a deployment, before identity: what adapters give and {@code Storage} puts behind grants. */
public interface DurableClasses {
    /** Empty where no code is bound to the class. Cheap: nothing is read. */
    Optional<DurableObjects> objects(ObjectClass type);

    /** What keeps the objects' state: a name from a closed set, for whoever measures. */
    default String adapter() {
        return "objects";
    }

    /** No classes at all. */
    static DurableClasses none() {
        return type -> Optional.empty();
    }
}
