package io.triport.e2e.planted.rule14.disk;

import io.triport.domain.request.Admission;
import io.triport.domain.request.Charge;
import io.triport.domain.request.RateLimiter;
import java.util.List;

/** An adapter. With {@link SecondLimiter} there are two in the package, and planted is that one test extends the contract. */
final class FirstLimiter implements RateLimiter {
    @Override
    public Admission take(List<Charge> charges) {
        throw new IllegalStateException("planted");
    }
}
