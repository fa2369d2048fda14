package io.triport.storage.hold;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** That nobody else within this process holds a file, to be asked before the file is opened for a lock. Safe for many threads. */
public final class OneHolder implements AutoCloseable {
    /*
     * Why before it is opened: the system forgets all locks that a process has on a file when the process closes any channel of it,
     * so also when somebody asks for the lock a second time and closes what he asked with. Then another process could have it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;

    private OneHolder(Path file) {
        this.file = file;
    }

    /** @return empty where it is held. @throws IOException when there is no such directory */
    public static Optional<OneHolder> of(Path file) throws IOException {
        var path = file.toAbsolutePath();
        var directory = Objects.requireNonNull(path.getParent(), "directory").toRealPath();
        var real = directory.resolve(Objects.requireNonNull(path.getFileName(), "file"));
        return HELD.add(real) ? Optional.of(new OneHolder(real)) : Optional.empty();
    }

    /** After what was opened is closed. */
    @Override
    public void close() {
        HELD.remove(file);
    }
}
