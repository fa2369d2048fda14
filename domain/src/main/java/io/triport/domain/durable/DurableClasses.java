package io.triport.domain.durable;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.Optional;

/** The classes of objects of a deployment, before identity: what adapters give and {@code Storage} puts behind grants. */
public interface DurableClasses {
    /** Empty where no code is bound to the class. Cheap: nothing is read. */
    Optional<DurableObjects> objects(ObjectClass type);

    /** What keeps the objects' state: a name from a closed set, for whoever measures. */
    default String adapter() {
        return "objects";
    }

    /**
     * What the objects of all classes keep, those included to which no code is bound here.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED where only the objects' owner can see it
     */
    default ObjectInventory inventory() {
        throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "durable objects: none that this app could look at");
    }

    /** No classes at all. */
    static DurableClasses none() {
        return type -> Optional.empty();
    }
}
