package io.triport.identity.launch;

import io.triport.domain.request.Bytes;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.FollowedFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration anew when the bytes of a file that it went to have changed. All or nothing: what cannot be used changes
 * nothing and is reported once. Its own lock lets one reading at a time.
 */
final class ConfigWatch<C> implements AutoCloseable {
    /*
     * When it is read
     *
     * A change is adopted when two looks saw the same bytes: an editor that writes in place shows a part of the file for a
     * moment, and a part can be a configuration too, with fewer keys. What the bytes are compared with is what was there before
     * they were read, so that no change meanwhile is missed.
     */
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long POLL_MILLIS = 500;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("config").daemon().factory());
    private final Function<FollowedFiles, C> reader;
    private final Consumer<C> adopter;
    private final Consumer<Outcome> outcomes;
    private Map<Path, Bytes> judged;
    private Map<Path, Bytes> seen;

    /** What became of a reading. @param message what is wrong, empty when it was adopted */
    record Outcome(boolean adopted, String message) {
        private static final Outcome ADOPTED = new Outcome(true, "");
    }

    /**
     * @param before the files of the running configuration
     * @param reader notes the files that it goes to
     * @param outcomes hears of each reading
     */
    ConfigWatch(
            FollowedFiles before, Function<FollowedFiles, C> reader, Consumer<C> adopter, Consumer<Outcome> outcomes) {
        this.reader = reader;
        this.adopter = adopter;
        this.outcomes = outcomes;
        this.judged = before.noted();
        this.seen = judged;
    }

    void start() {
        executor.scheduleWithFixedDelay(this::look, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized void look() {
        var present = FollowedFiles.present(judged.keySet());
        var still = present.equals(seen);
        seen = present;
        if (still && !present.equals(judged)) {
            read();
        }
    }

    /** Reads now, whether anything has changed or not. */
    synchronized Outcome read() {
        var files = new FollowedFiles();
        var outcome = adopted(files);
        judged = files.noted();
        seen = judged;
        outcomes.accept(outcome);
        return outcome;
    }

    /** A failure that is not the operator's must not end the watch either. */
    private Outcome adopted(FollowedFiles files) {
        try {
            adopter.accept(reader.apply(files));
            LOG.info("configuration adopted");
            return Outcome.ADOPTED;
        } catch (ConfigError e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("configuration refused, the old one stays");
            return new Outcome(false, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("configuration refused, the old one stays", e);
            return new Outcome(false, "a failure of the app; its log says more");
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
