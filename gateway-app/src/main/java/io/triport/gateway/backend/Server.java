package io.triport.gateway.backend;

import io.triport.gateway.health.HealthCheck;
import io.triport.gateway.pool.Target;
import io.triport.gateway.upstream.Breaker;
import io.triport.gateway.upstream.HealthJudge;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A target with what is known of its state. Safe for many threads. */
public final class Server {
    private final Target target;
    private final String name;
    private final String authority;
    private final Breaker breaker;
    private final HealthJudge judge;
    private final @Nullable HealthCheck check;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param check null where nobody asks about it */
    Server(Target target, Breaker breaker, HealthJudge judge, @Nullable HealthCheck check) {
        this.target = target;
        this.name = target.address().toString();
        this.authority = target.address().authority();
        this.breaker = breaker;
        this.judge = judge;
        this.check = check;
    }

    /** Somebody uses it from now on. Saying it again does nothing. */
    void start() {
        if (check != null) {
            check.start();
        }
    }

    /** Nobody begins anything with it any more. */
    void retire() {
        target.retire();
        if (check != null) {
            check.close();
        }
    }

    public Target target() {
        return target;
    }

    /** Its address as a text, which tells it apart from others. */
    public String name() {
        return name;
    }

    /** What the Host field says to it. */
    public String authority() {
        return authority;
    }

    public Breaker breaker() {
        return breaker;
    }

    HealthJudge judge() {
        return judge;
    }

    public void began() {
        underWay.incrementAndGet();
    }

    public void ended() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }
}
