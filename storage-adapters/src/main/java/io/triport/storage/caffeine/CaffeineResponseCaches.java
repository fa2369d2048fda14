package io.triport.storage.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.request.ByteSize;
import io.triport.storage.response.Bodies;
import java.time.Clock;

/**
 * Responses on the heap of this node, all caches together up to a weight. When it is reached, what was asked for least goes, and a
 * new response stays out when it is likely to be asked for less than those that are there.
 */
public final class CaffeineResponseCaches implements ResponseCaches {
    private final Cache<Place, Variants> responses;
    private final ByteSize largest;
    private final Clock clock;

    /** @param most bytes of all responses together @param largest bytes of one body, at most 512 MiB */
    public CaffeineResponseCaches(ByteSize most, ByteSize largest, Clock clock) {
        Bodies.requirePossible(largest);
        this.responses = Caffeine.newBuilder()
                .maximumWeight(most.bytes())
                .<Place, Variants>weigher((place, variants) -> place.weight() + variants.weight())
                // What has to go goes before a call returns, and no thread of somebody else's is needed.
                .executor(Runnable::run)
                .build();
        this.largest = largest;
        this.clock = clock;
    }

    @Override
    public ResponseCache cache(CacheName name, CachePart part) {
        return new CaffeineResponseCache(responses, new Bodies(largest), name, part, clock);
    }

    /** Takes all responses out of all caches. */
    public void empty() {
        responses.invalidateAll();
    }

    @Override
    public String adapter() {
        return "caffeine";
    }
}
