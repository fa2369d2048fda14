package io.triport.gateway.health;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.triport.gateway.upstream.HealthJudge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks about one target again and again, and tells its judge. Safe for many threads: what it does it does on its event loop. */
public final class HealthCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

    private final String target;
    private final HealthJudge judge;
    private final Duration every;
    private final Question question;
    private final EventLoop loop;

    // Confined to the loop.
    private @Nullable Future<?> next;
    private boolean started;
    private boolean closed;

    /** Asks a target once. */
    public interface Question {
        /** @param answer called once and on this loop: whether the target works */
        void ask(EventLoop loop, Consumer<Boolean> answer);
    }

    /** @param target for the log. @param every between an answer and the next question */
    public HealthCheck(String target, HealthJudge judge, Duration every, Question question, EventLoop loop) {
        this.target = target;
        this.judge = judge;
        this.every = every;
        this.question = question;
        this.loop = loop;
    }

    /** Asks now, and then every so often. Starting it again does nothing. */
    public void start() {
        loop.execute(() -> {
            if (!started) {
                started = true;
                ask();
            }
        });
    }

    private void ask() {
        if (!closed) {
            question.ask(loop, this::answered);
        }
    }

    private void answered(boolean works) {
        if (closed) {
            return;
        }
        var changed = works ? judge.passed() : judge.failed();
        if (changed) {
            LOG.atWarn()
                    .addKeyValue("target", target)
                    .addKeyValue("healthy", works)
                    .log("target changed");
        }
        next = loop.schedule(this::ask, every.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Asks no more. What is answered later changes nothing. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
        });
    }
}
