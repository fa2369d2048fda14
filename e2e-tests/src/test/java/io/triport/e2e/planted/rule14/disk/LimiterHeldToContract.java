package io.triport.e2e.planted.rule14.disk;

import io.triport.testkit.RateLimiterContract;

/** The one test for two adapters. Its name keeps it from being run. */
final class LimiterHeldToContract extends RateLimiterContract {
    @Override
    protected Fixture create() {
        throw new IllegalStateException("planted");
    }
}
