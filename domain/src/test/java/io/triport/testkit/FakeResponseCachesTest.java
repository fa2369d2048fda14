package io.triport.testkit;

import io.triport.domain.cache.ResponseCaches;

final class FakeResponseCachesTest extends ResponseCacheContract {
    @Override
    protected String adapter() {
        return "fake";
    }

    @Override
    protected ResponseCacheFixture create() {
        var clock = SettableClock.anywhere();
        var caches = new FakeResponseCaches(clock);
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
                // Memory only.
            }
        };
    }
}
