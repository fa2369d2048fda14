package io.triport.identity.config;

import io.triport.domain.identity.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Follows the references by which configuration names secrets: {@code ${env:NAME}} and {@code ${file:PATH}}. */
final class SecretSource {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final int MOST_BYTES = 65_536;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Map<String, String> environment;
    private final FollowedFiles files;
    private final boolean openFiles;

    /** @param openFiles whether a file may be readable by others than its owner */
    SecretSource(Map<String, String> environment, FollowedFiles files, boolean openFiles) {
        this.environment = environment;
        this.files = files;
        this.openFiles = openFiles;
    }

    /** @throws ConfigError for a secret written out, and for a reference that leads nowhere */
    Secret resolve(ConfigNode.Scalar scalar, String key) {
        var matcher = REFERENCE.matcher(scalar.text());
        if (!matcher.matches()) {
            throw new ConfigError(scalar.origin(), key, "(written out, not shown)", "${env:NAME} or ${file:PATH}");
        }
        return matcher.group(1).equals("env")
                ? fromEnvironment(scalar, key, matcher.group(2))
                : fromFile(scalar, key, path(scalar, key, matcher.group(2)));
    }

    private Secret fromEnvironment(ConfigNode.Scalar scalar, String key, String name) {
        var value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new ConfigError(scalar.origin(), key, "${env:" + name + "} is not set", "a variable with the secret");
        }
        return Secret.of(value.strip());
    }

    private static Path path(ConfigNode.Scalar scalar, String key, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigError(scalar.origin(), key, text, "the path of a file");
        }
    }

    private Secret fromFile(ConfigNode.Scalar scalar, String key, Path file) {
        files.follow(file);
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (!openFiles
                    && view != null
                    && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
                throw new ConfigError(scalar.origin(), key, file + " is open to others", "a file of mode 600 or 400");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new ConfigError(scalar.origin(), key, file + " is too large", "a secret of at most 64 KiB");
            }
            var text = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw new ConfigError(scalar.origin(), key, file + " is empty", "a file with the secret");
            }
            return Secret.of(text);
        } catch (IOException e) {
            throw new ConfigError(scalar.origin(), key, file + " is unreadable", "a file that this user may read");
        }
    }
}
