package io.triport.identity.launch;

import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A secret for trying an app out: made once, kept beside the data for its owner's eyes alone. */
public final class DevelopmentSecret {
    private final Path file;
    private final String text;

    private DevelopmentSecret(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * The secret in {@code dev/<app>.secret} of the data directory, which is written when it is not there.
     *
     * @throws ConfigError when the directory cannot be written
     */
    public static DevelopmentSecret in(StartMode mode, String app, Supplier<String> fresh) {
        var file = mode.directory().resolve("dev").resolve(app + ".secret");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                try (var channel = Files.newByteChannel(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
                    channel.write(Bytes.utf8(fresh.get()).toByteBuffer());
                }
            }
            return new DevelopmentSecret(file, Files.readString(file).strip());
        } catch (IOException e) {
            throw new ConfigError(file.toString(), "development key", "not writable", "a data directory of this user");
        }
    }

    /** Where it lies. */
    public String file() {
        return file.toString();
    }

    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return "DevelopmentSecret[" + file + "]";
    }
}
