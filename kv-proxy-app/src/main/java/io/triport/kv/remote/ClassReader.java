package io.triport.kv.remote;

import io.triport.domain.durable.DurableCode;
import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Which code the classes of durable objects have: that of providers on the class path (decision 50). */
final class ClassReader {
    private ClassReader() {}

    /** The class of objects that a section names, and the name of its code. */
    private record Named(ObjectClass type, Supplier<DurableObject> instances) {}

    static DurableCode read(Section classes) {
        var found = classes.names().isEmpty() ? Map.<String, Supplier<DurableObject>>of() : providers(classes);
        var code = new HashMap<ObjectClass, Supplier<DurableObject>>();
        classes.each(section -> named(classes, section, found))
                .values()
                .forEach(named -> code.put(named.type(), named.instances()));
        return new DurableCode(code);
    }

    private static Named named(Section all, Section section, Map<String, Supplier<DurableObject>> found) {
        var name = section.optional(
                        "code", Value.TEXT, "The Java class of the objects, which a jar on the class path provides.")
                .orElse("");
        var instances = found.get(name);
        if (instances == null) {
            throw section.error(
                    "code",
                    name.isEmpty() ? "none" : name,
                    found.isEmpty()
                            ? "a class that a jar on the class path provides as a " + DurableObject.class.getName()
                                    + "; none is provided"
                            : "one of " + found.keySet());
        }
        try {
            return new Named(new ObjectClass(section.name()), instances);
        } catch (InvalidInput e) {
            throw all.error(section.name(), "not a name of a class of objects", e.expectation());
        }
    }

    /** Each call of a provider makes an instance. */
    private static Map<String, Supplier<DurableObject>> providers(Section classes) {
        var found = new TreeMap<String, Supplier<DurableObject>>();
        try {
            ServiceLoader.load(DurableObject.class).stream()
                    .forEach(provider -> found.put(provider.type().getName(), provider));
        } catch (ServiceConfigurationError e) {
            throw classes.error("code", String.valueOf(e.getMessage()), "providers that can be loaded");
        }
        return found;
    }
}
