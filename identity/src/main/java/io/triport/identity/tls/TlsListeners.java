package io.triport.identity.tls;

import io.netty.handler.ssl.SslContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TLS of all listeners of an app, which follows their files by a look every ten seconds. */
public final class TlsListeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsListeners.class);
    private static final long POLL_SECONDS = 10;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tls-files").daemon().factory());
    private final Map<String, LiveTls> byName;

    /**
     * @param settings of those listeners that speak TLS, by name
     * @throws IllegalStateException when files cannot be used that could when the settings were read
     */
    public TlsListeners(Map<String, TlsSettings> settings) {
        var live = new HashMap<String, LiveTls>();
        settings.forEach((name, tls) -> {
            try {
                live.put(name, new LiveTls(tls));
            } catch (UnusableTlsFile e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
        byName = Map.copyOf(live);
        if (!byName.isEmpty()) {
            executor.scheduleWithFixedDelay(this::look, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
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

    /** A failure that is not the operator's must not end the looking either. */
    void look() {
        for (var live : byName.values()) {
            try {
                live.look();
            } catch (RuntimeException e) {
                LOG.error("certificate refused, the old one stays", e);
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
