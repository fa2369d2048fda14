package io.triport.identity.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration that an app reads where the command names none.
 *
 * @param variable names the file; blank counts as not set
 * @param name of the file in the working directory that is read when the variable is not set, if it is there
 */
public record UsualFile(String variable, String name) {
    Optional<Path> find(Map<String, String> environment, Path directory) {
        var named = environment.getOrDefault(variable, "").strip();
        return named.isEmpty()
                ? Optional.of(directory.resolve(name)).filter(Files::exists)
                : Optional.of(directory.resolve(named));
    }
}
