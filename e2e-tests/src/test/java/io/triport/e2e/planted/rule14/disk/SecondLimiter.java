package io.triport.e2e.planted.rule14.disk;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimiter;
import java.util.List;

/** The other adapter. */
final class SecondLimiter implements RateLimiter {
    @Override
    public Admission take(List<Charge> charges) {
        throw new IllegalStateException("planted");
    }
}
