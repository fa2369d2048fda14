package io.triport.identity.launch;

import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the file anew when its bytes have changed. All or nothing: a file that cannot be used changes nothing and is reported
 * once.
 */
final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long POLL_SECONDS = 1;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("config").daemon().factory());
    private final Path file;
    private final Supplier<Configuration> reader;
    private final Consumer<Configuration> adopter;
    private final Consumer<Boolean> outcome;
    private Bytes seen;

    /** @param outcome hears of each reading whether it was adopted */
    ConfigWatch(Path file, Supplier<Configuration> reader, Consumer<Configuration> adopter, Consumer<Boolean> outcome) {
        this.file = file;
        this.reader = reader;
        this.adopter = adopter;
        this.outcome = outcome;
        this.seen = bytes();
    }

    void start() {
        executor.scheduleWithFixedDelay(this::look, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
    }

    void look() {
        var present = bytes();
        if (present.equals(seen)) {
            return;
        }
        seen = present;
        try {
            adopter.accept(reader.get());
            LOG.info("configuration adopted");
            outcome.accept(true);
        } catch (ConfigError e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("configuration refused, the old one stays");
            outcome.accept(false);
        }
    }

    private Bytes bytes() {
        try {
            return Bytes.copyOf(Files.readAllBytes(file));
        } catch (IOException e) {
            return Bytes.EMPTY;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
