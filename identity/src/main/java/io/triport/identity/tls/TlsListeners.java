package io.triport.identity.tls;

import io.netty.handler.ssl.SslContext;
import io.triport.identity.crl.PublishedLists;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TLS of all listeners of an app, which follows their files by a look every ten seconds, and lists that are published. */
public final class TlsListeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsListeners.class);
    private static final long POLL_SECONDS = 10;
    private static final long RENEW_SECONDS = 1;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tls-files").daemon().factory());
    private final Map<String, LiveTls> byName;

    /**
     * @param settings of those listeners that speak TLS, by name
     * @param around fetches revocation lists
     * @throws IllegalStateException when files cannot be used that could when the settings were read
     */
    public TlsListeners(Map<String, TlsSettings> settings, PublishedLists.Surroundings around) {
        var live = new HashMap<String, LiveTls>();
        settings.forEach((name, tls) -> {
            try {
                live.put(name, new LiveTls(tls, around));
            } catch (UnusableTlsFile e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
        byName = Map.copyOf(live);
        if (!byName.isEmpty()) {
            executor.scheduleWithFixedDelay(this::look, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
            executor.scheduleWithFixedDelay(this::renew, RENEW_SECONDS, RENEW_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The TLS of a listener, the same object for as long as the app runs. */
    public SslContext of(String listener) {
        var live = byName.get(listener);
        if (live == null) {
            throw new IllegalArgumentException("listener: " + listener + " (expected: one of " + byName.keySet() + ")");
        }
        return live;
    }

    /** Whether every list is there that clients need. */
    public boolean ready() {
        return byName.values().stream().allMatch(LiveTls::ready);
    }

    void look() {
        each(LiveTls::look);
    }

    private void renew() {
        each(LiveTls::renew);
    }

    /** A failure that is not the operator's must not end the looking either. */
    private void each(Consumer<LiveTls> task) {
        for (var live : byName.values()) {
            try {
                task.accept(live);
            } catch (RuntimeException e) {
                LOG.error("certificate or list refused, the old one stays", e);
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
