package io.triport.identity.config;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A file that may be replaced while the program runs. It is looked at when its value is asked for, at most once in the given
 * time. What cannot be read keeps the value from before. Safe for many threads.
 */
public final class WatchedFile<T> implements Supplier<T> {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Path file;
    private final Function<Bytes, T> parser;
    private final Ticker ticker;
    private final Duration every;

    // Guarded by this.
    private Bytes bytes;
    private T value;
    private long lookedAt;

    /**
     * @param parser throws {@link InvalidInput} for bytes that cannot be used
     * @throws ConfigError when the file cannot be used now
     */
    public WatchedFile(String file, Function<Bytes, T> parser, Ticker ticker, Duration every) {
        this.file = path(file);
        this.parser = parser;
        this.ticker = ticker;
        this.every = every;
        try {
            this.bytes = read();
            this.value = parser.apply(bytes);
        } catch (IOException e) {
            throw new ConfigError(file, "file", "unreadable", "a file of at most 16 MiB that this user may read");
        } catch (InvalidInput e) {
            throw new ConfigError(file, "file", "unusable", String.valueOf(e.getMessage()));
        }
        this.lookedAt = ticker.nanos();
    }

    @Override
    public synchronized T get() {
        var now = ticker.nanos();
        if (now - lookedAt >= every.toNanos()) {
            lookedAt = now;
            look();
        }
        return value;
    }

    private void look() {
        try {
            var present = read();
            if (!present.equals(bytes)) {
                value = parser.apply(present);
                bytes = present;
            }
        } catch (IOException | InvalidInput e) {
            // Half a file while it is written, or none: the next look sees the whole one.
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new ConfigError(file, "file", "unreadable", "the path of a file");
        }
    }

    private Bytes read() throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("more than 16 MiB");
        }
        return Bytes.copyOf(Files.readAllBytes(file));
    }
}
