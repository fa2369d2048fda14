package io.triport.e2e.kv;

import io.triport.domain.durable.DurableObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A directory with a class that provides an object, as a jar of somebody else's would. */
final class ProvidedClass {
    private ProvidedClass() {}

    static Path in(Path directory, Class<? extends DurableObject> object) throws IOException {
        var name = object.getName().replace('.', '/') + ".class";
        var code = directory.resolve("code");
        var services = Files.createDirectories(code.resolve("META-INF/services"));
        Files.writeString(services.resolve(DurableObject.class.getName()), object.getName());
        try (var bytes = Objects.requireNonNull(object.getClassLoader().getResourceAsStream(name))) {
            Files.createDirectories(code.resolve(name).getParent());
            Files.copy(bytes, code.resolve(name));
        }
        return code;
    }
}
