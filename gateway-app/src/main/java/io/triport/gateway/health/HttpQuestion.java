package io.triport.gateway.health;

import io.netty.channel.EventLoop;
import io.triport.gateway.config.UpstreamSettings.Health;
import io.triport.gateway.pool.Target;
import java.util.function.Consumer;

/** A GET, each over a connection of its own: a target that takes no connections does not work. */
public final class HttpQuestion implements HealthCheck.Question {
    private final Target target;
    private final Health settings;
    private final long patienceNanos;

    /** @param target not the one that requests use, whose connections may all be busy */
    public HttpQuestion(Target target, Health settings) {
        this.target = target;
        this.settings = settings;
        this.patienceNanos = settings.timeout().toNanos();
    }

    @Override
    public void ask(EventLoop loop, Consumer<Boolean> answer) {
        var probe = new Probe(target.address(), settings, answer);
        probe.endIn(loop, patienceNanos);
        target.acquire(loop, probe, target.nanosFromNow(patienceNanos));
    }
}
