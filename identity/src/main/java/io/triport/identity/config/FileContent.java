package io.triport.identity.config;

import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that settings name and that are no secret, such as public keys. */
final class FileContent {
    private static final int MOST_BYTES = 262_144;

    private FileContent() {}

    /** @throws IllegalArgumentException when it cannot be read, or is too large */
    static Bytes read(String path) {
        try {
            var file = Path.of(path);
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException(path);
            }
            return Bytes.copyOf(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
