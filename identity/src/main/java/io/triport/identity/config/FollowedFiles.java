package io.triport.identity.config;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The files that a reading of the configuration went to, and what was in them: the file itself, secrets, keys, certificates. Used
 * by one thread at a time.
 */
public final class FollowedFiles {
    /*
     * A file is noted before it is read. So one that changes in between counts as changed, and is read once too often rather than
     * once too little. Of what was in it a digest is kept, since it may be a secret.
     */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Map<Path, Bytes> noted = new HashMap<>();

    /** Notes a file that is about to be read. */
    public void follow(Path file) {
        noted.put(file, digest(file));
    }

    /** What was in each when it was noted. */
    public Map<Path, Bytes> noted() {
        return Map.copyOf(noted);
    }

    /** What is in these now; a file that cannot be read counts as empty. */
    public static Map<Path, Bytes> present(Set<Path> files) {
        var present = new HashMap<Path, Bytes>();
        files.forEach(file -> present.put(file, digest(file)));
        return present;
    }

    private static Bytes digest(Path file) {
        try {
            // What is no file is a stream as a rule, and whoever looks into it takes what others shall read.
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return Bytes.EMPTY;
            }
            return Bytes.copyOf(Sha256.of(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Bytes.EMPTY;
        }
    }
}
