package io.triport.domain.storage;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.testkit.FakeResponseCaches;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.ResponseCacheContract;
import io.triport.testkit.ResponseCacheFixture;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.Set;

/** The cache that a grant opens, of a principal with the name of the part. */
final class ConfinedResponseCacheContractTest extends ResponseCacheContract {
    @Override
    protected String adapter() {
        return "confined-timed";
    }

    @Override
    protected ResponseCacheFixture create() {
        return new Viewed(SettableClock.anywhere());
    }

    private static final class Viewed implements ResponseCacheFixture, ResponseCaches {
        private final SettableClock clock;
        private final Storage storage;

        private Viewed(SettableClock clock) {
            this.clock = clock;
            this.storage = new Storage(
                    new FakeStorageEngine(clock),
                    Storage.Beside.NOTHING.withCaches(new FakeResponseCaches(clock)),
                    clock,
                    new SettableTicker(),
                    new RecordingStorageLog());
        }

        @Override
        public ResponseCache cache(CacheName name, CachePart part) {
            var everything =
                    new Permission(TestGrants.EVERY_ACTION, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY));
            return storage.cache(new TestGrants(clock).of(part.text(), everything), name);
        }

        @Override
        public String adapter() {
            return "viewed";
        }

        @Override
        public ResponseCaches caches() {
            return this;
        }

        @Override
        public SettableClock clock() {
            return clock;
        }

        @Override
        public void close() {
            // Memory only.
        }
    }
}
