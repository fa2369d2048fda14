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
final class ConfigWatch<C> implements AutoCloseable {
    /*
     * When it is read
     *
     * A change is adopted when two looks saw the same bytes: an editor that writes in place shows a part of the file for a
     * moment, and a part can be a configuration too, with fewer keys. What the bytes are compared with at first is what was
     * there before the app read its configuration, so that no change during the start is missed.
     */
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long POLL_MILLIS = 500;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("config").daemon().factory());
    private final Path file;
    private final Supplier<C> reader;
    private final Consumer<C> adopter;
    private final Consumer<Boolean> outcome;
    private Bytes judged;
    private Bytes seen;

    /**
     * @param before what {@link #bytes} gave before the running configuration was read
     * @param outcome hears of each reading whether it was adopted
     */
    ConfigWatch(Path file, Bytes before, Supplier<C> reader, Consumer<C> adopter, Consumer<Boolean> outcome) {
        this.file = file;
        this.reader = reader;
        this.adopter = adopter;
        this.outcome = outcome;
        this.judged = before;
        this.seen = before;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::look, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    void look() {
        var present = bytes(file);
        var still = present.equals(seen);
        seen = present;
        if (still && !present.equals(judged)) {
            judged = present;
            outcome.accept(adopted());
        }
    }

    /** A failure that is not the operator's must not end the watch either. */
    private boolean adopted() {
        try {
            adopter.accept(reader.get());
            LOG.info("configuration adopted");
            return true;
        } catch (ConfigError e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("configuration refused, the old one stays");
            return false;
        } catch (RuntimeException e) {
            LOG.error("configuration refused, the old one stays", e);
            return false;
        }
    }

    /** The bytes of the file, none when it cannot be read. */
    static Bytes bytes(Path file) {
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
