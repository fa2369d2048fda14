package io.triport.identity.edge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.storage.StorageHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the app can do its work, asked of its parts once a second by a thread of its own, so that neither a slow store nor a
 * busy app delays the answer. Not ready until asked the first time.
 */
public final class Readiness implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("readiness").daemon().factory());
    private final StorageHealth storage;
    private final RevocationList revocations;
    private final Supplier<Set<MechanismName>> keyless;
    private final List<ReadinessCheck> more;
    private final HeapWatch heap;
    private volatile List<String> troubles = List.of("starting");
    private volatile boolean draining;

    /** @param keyless the mechanisms that have nothing to verify with at the moment. @param more of the app */
    public Readiness(
            StorageHealth storage,
            RevocationList revocations,
            Supplier<Set<MechanismName>> keyless,
            List<ReadinessCheck> more) {
        this(storage, revocations, keyless, more, HeapWatch.ofThisProcess());
    }

    Readiness(
            StorageHealth storage,
            RevocationList revocations,
            Supplier<Set<MechanismName>> keyless,
            List<ReadinessCheck> more,
            HeapWatch heap) {
        this.storage = storage;
        this.revocations = revocations;
        this.keyless = keyless;
        this.more = List.copyOf(more);
        this.heap = heap;
    }

    /** Whether nobody knows any more what was revoked lately (identity specification, section 11). */
    public static boolean blind(RevocationList revocations) {
        return revocations.check(Set.of(), Instant.EPOCH) instanceof RevocationCheck.Stale;
    }

    /** Shows by a metric whether nobody knows it. */
    public static void show(RevocationList revocations, MeterRegistry registry) {
        Gauge.builder("triport.identity.revocations.stale", revocations, list -> blind(list) ? 1 : 0)
                .description("whether revocations could not be read for more than 60 s")
                .register(registry);
    }

    /** Asks now, and from now on every second. */
    public void start() {
        ask();
        executor.scheduleWithFixedDelay(this::ask, 1, 1, TimeUnit.SECONDS);
    }

    /** From now on not ready, for ever: the app is going down. */
    public void drain() {
        draining = true;
    }

    /** Why the app is not ready; empty when it is. */
    public List<String> troubles() {
        return draining ? List.of("draining") : troubles;
    }

    void ask() {
        var found = new ArrayList<String>();
        if (!storageAnswers()) {
            found.add("storage");
        }
        if (blind(revocations)) {
            found.add("revocations");
        }
        keyless.get().stream()
                .sorted(Comparator.comparing(MechanismName::text))
                .forEach(name -> found.add("keys of " + name));
        more.stream().filter(check -> !check.passes()).map(ReadinessCheck::name).forEach(found::add);
        if (heap.full()) {
            found.add("heap");
        }
        troubles = List.copyOf(found);
    }

    /** Whatever a store throws: the next question must still be asked. */
    private boolean storageAnswers() {
        try {
            return storage.answers();
        } catch (RuntimeException e) {
            LOG.warn("storage does not answer", e);
            return false;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
