package io.triport.identity.sts;

import io.triport.domain.identity.Issuer;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.identity.federation.DiscoveredKeys;
import io.triport.identity.federation.DocumentSource;
import io.triport.identity.federation.HttpDocuments;
import io.triport.identity.jose.KeySource;
import io.triport.identity.jwks.PublishedKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of all issuers that roles trust, each fetched on first use. Only issuers of roles are asked for, so there are no more of
 * them than the configuration has. Safe for many threads.
 */
public final class IssuerKeys {
    /** How long it is remembered that an issuer's document could not be had. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final ConcurrentHashMap<Issuer, KeySource> sources = new ConcurrentHashMap<>();
    private final DocumentSource documents;
    private final PublishedKeys.Surroundings surroundings;
    private final Ticker ticker;

    public IssuerKeys(DocumentSource documents, PublishedKeys.Surroundings surroundings, Ticker ticker) {
        this.documents = documents;
        this.surroundings = surroundings;
        this.ticker = ticker;
    }

    /** By HTTP, with the bounds of each. */
    public static IssuerKeys byHttp(Ticker ticker, Randomness randomness) {
        return new IssuerKeys(new HttpDocuments(), PublishedKeys.Surroundings.present(ticker, randomness), ticker);
    }

    KeySource of(Issuer issuer) {
        return sources.computeIfAbsent(
                issuer,
                named -> new DiscoveredKeys(
                        named,
                        documents,
                        place -> PublishedKeys.fetched(place, surroundings),
                        surroundings.background(),
                        ticker,
                        PAUSE));
    }

    /** Issuers that were asked for and whose keys are not at hand, for a page about health. */
    public List<Issuer> degraded() {
        return sources.entrySet().stream()
                .filter(entry -> !entry.getValue().ready())
                .map(java.util.Map.Entry::getKey)
                .toList();
    }
}
