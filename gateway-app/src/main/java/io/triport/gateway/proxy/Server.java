package io.triport.gateway.proxy;

import io.triport.gateway.pool.Target;
import io.triport.gateway.upstream.Breaker;
import io.triport.gateway.upstream.HealthJudge;
import java.util.concurrent.atomic.AtomicInteger;

/** A target with what is known of its state. Safe for many threads. */
final class Server {
    private final Target target;
    private final Breaker breaker;
    private final HealthJudge judge;
    private final AtomicInteger underWay = new AtomicInteger();

    Server(Target target, Breaker breaker, HealthJudge judge) {
        this.target = target;
        this.breaker = breaker;
        this.judge = judge;
    }

    Target target() {
        return target;
    }

    Breaker breaker() {
        return breaker;
    }

    HealthJudge judge() {
        return judge;
    }

    void began() {
        underWay.incrementAndGet();
    }

    void ended() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }
}
