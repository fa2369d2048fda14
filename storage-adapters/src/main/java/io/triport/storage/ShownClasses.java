package io.triport.storage;

import io.triport.domain.durable.DurableClasses;
import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectInventory;
import java.util.Optional;

/** Classes of objects at which this app can look, whether or not it has code for them. */
record ShownClasses(DurableClasses bound, ObjectInventory inventory, String adapter) implements DurableClasses {
    @Override
    public Optional<DurableObjects> objects(ObjectClass type) {
        return bound.objects(type);
    }
}
