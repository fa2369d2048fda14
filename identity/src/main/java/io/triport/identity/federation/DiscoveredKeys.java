package io.triport.identity.federation;

import io.triport.domain.identity.Issuer;
import io.triport.domain.time.Ticker;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.KeySource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer that says itself where they are. Its document is fetched at first need and then kept: who moves its
 * keys has to leave the old place working until nobody needs it. Safe for many threads.
 */
public final class DiscoveredKeys implements KeySource {
    /*
     * Concurrency. The lock of this object guards the fields. A fetch runs under it, so that it happens once and the others
     * wait for it; they wait no longer than the source of documents takes. After a failure everybody is answered at once until
     * the pause is over.
     */
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(10);

    private final Issuer issuer;
    private final DocumentSource documents;
    private final Function<URI, KeySource> sources;
    private final Executor background;
    private final Ticker ticker;
    private final Duration pause;

    private volatile @Nullable KeySource found;
    // Guarded by this.
    private long pauseUntil;

    /**
     * @param sources the keys at a place
     * @param background fetches the document for those who only ask whether there are keys
     */
    public DiscoveredKeys(
            Issuer issuer,
            DocumentSource documents,
            Function<URI, KeySource> sources,
            Executor background,
            Ticker ticker) {
        this(issuer, documents, sources, background, ticker, USUAL_PAUSE);
    }

    /** @param pause how long a failure is remembered */
    public DiscoveredKeys(
            Issuer issuer,
            DocumentSource documents,
            Function<URI, KeySource> sources,
            Executor background,
            Ticker ticker,
            Duration pause) {
        this.pause = pause;
        this.issuer = issuer;
        this.documents = documents;
        this.sources = sources;
        this.background = background;
        this.ticker = ticker;
        this.pauseUntil = ticker.nanos();
    }

    @Override
    public Found find(Optional<String> kid, JwsAlgorithm algorithm) {
        var source = source();
        return source == null ? new Found.Unavailable(pause) : source.find(kid, algorithm);
    }

    @Override
    public boolean holds(Optional<String> kid, JwsAlgorithm algorithm) {
        var source = found;
        return source != null && source.holds(kid, algorithm);
    }

    @Override
    public long generation() {
        var source = found;
        return source == null ? 0 : source.generation();
    }

    /** Does not wait. Without keys no requests may come that would look for them, so this begins to. */
    @Override
    public boolean ready() {
        if (found == null) {
            discoverSoon();
        }
        var source = found;
        return source != null && source.ready();
    }

    /** Begins to look for the keys, without waiting. */
    void discoverSoon() {
        background.execute(this::source);
    }

    private @Nullable KeySource source() {
        var source = found;
        return source == null ? discover() : source;
    }

    private synchronized @Nullable KeySource discover() {
        if (found == null && ticker.nanos() - pauseUntil >= 0) {
            found = documents
                    .fetch(IssuerMetadata.place(issuer))
                    .flatMap(document -> IssuerMetadata.read(issuer, document))
                    .map(metadata -> sources.apply(metadata.keys()))
                    .orElse(null);
            if (found == null) {
                pauseUntil = ticker.nanos() + pause.toNanos();
            }
        }
        return found;
    }
}
