package io.triport.storage.caffeine;

import io.triport.domain.cache.CacheLimits;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.request.ByteSize;
import io.triport.domain.storage.CachePlace;
import io.triport.testkit.ResponseCacheContract;
import io.triport.testkit.ResponseCacheFixture;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract with every body on the disk that has a byte. */
final class CaffeineDiskResponseCachesTest extends ResponseCacheContract {
    @TempDir
    private Path directory;

    @Override
    protected String adapter() {
        return "caffeine-disk";
    }

    @Override
    protected ResponseCacheFixture create() {
        var clock = SettableClock.anywhere();
        var caches = CaffeineResponseCaches.withDisk(
                new CacheLimits(ResponseCacheFixture.MOST, ResponseCacheFixture.LARGEST),
                new CachePlace.MemoryAndDisk(directory.toString(), ResponseCacheFixture.MOST),
                ByteSize.ZERO,
                BodyDisk.REAL,
                clock);
        return new ResponseCacheFixture() {
            @Override
            public ResponseCaches caches() {
                return caches;
            }

            @Override
            public SettableClock clock() {
                return clock;
            }

            @Override
            public void close() {
                caches.close();
            }
        };
    }
}
