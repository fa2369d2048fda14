package io.triport.storage.caffeine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.cache.ResponseCaches;
import io.triport.domain.request.ByteSize;
import io.triport.testkit.ResponseCacheContract;
import io.triport.testkit.ResponseCacheFixture;
import io.triport.testkit.SettableClock;
import org.junit.jupiter.api.Test;

final class CaffeineResponseCachesTest extends ResponseCacheContract {
    @Override
    protected String adapter() {
        return "caffeine";
    }

    @Override
    protected ResponseCacheFixture create() {
        var clock = SettableClock.anywhere();
        var caches = new CaffeineResponseCaches(ResponseCacheFixture.MOST, ResponseCacheFixture.LARGEST, clock);
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

    @Test
    void a_body_of_more_than_512_mib_cannot_be_asked_for() {
        var tooMuch = new ByteSize((512L << 20) + 1);

        assertThatThrownBy(() -> new CaffeineResponseCaches(tooMuch, tooMuch, SettableClock.anywhere()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
