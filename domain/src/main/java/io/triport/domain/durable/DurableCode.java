package io.triport.domain.durable;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The code of an app's classes of objects. @param instances makes an instance of each, from many threads */
public record DurableCode(Map<ObjectClass, Supplier<DurableObject>> instances) {
    public DurableCode {
        instances = Map.copyOf(instances);
    }

    public static DurableCode of(ObjectClass type, Supplier<DurableObject> instances) {
        return new DurableCode(Map.of(type, instances));
    }

    public Optional<Supplier<DurableObject>> of(ObjectClass type) {
        return Optional.ofNullable(instances.get(type));
    }
}
