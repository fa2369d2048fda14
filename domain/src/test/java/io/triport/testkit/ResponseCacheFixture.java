package io.triport.testkit;

import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.request.ByteSize;
import java.util.Set;

/** What an adapter gives {@link ResponseCacheContract}: caches of its own, empty at first, with {@link #clock} for their clock. */
public interface ResponseCacheFixture extends AutoCloseable {
    /** The most that all responses together may weigh. */
    ByteSize MOST = new ByteSize(1 << 20);

    /** The most that one body may have. */
    ByteSize LARGEST = new ByteSize(256 << 10);

    ResponseCaches caches();

    SettableClock clock();

    default Set<CacheCapability> capabilities() {
        return Set.of();
    }

    /** The same caches on another node. Claimed with {@link CacheCapability#PURGES_OTHER_NODES}. */
    default ResponseCaches otherNode() {
        throw new UnsupportedOperationException("other node");
    }

    /** Lets as much time pass as a purge may take to reach the other node. */
    default void passPurges() {}

    @Override
    void close();
}
