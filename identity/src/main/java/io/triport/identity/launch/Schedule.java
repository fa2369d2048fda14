package io.triport.identity.launch;

import io.triport.domain.failure.StorageFailure;
import io.triport.identity.IdentityState;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of the system when they fall due, each through the gate like any request. One at a time; a task that fails
 * falls due again. Identity's own state is no tenant's data, so forgetting spent nonces and old revocations needs no grant.
 */
final class Schedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("schedule").daemon().factory());
    private static final long FORGET_SECONDS = 10;

    private final SystemTasks tasks;
    private final IdentityState state;

    Schedule(SystemTasks tasks, IdentityState state) {
        this.tasks = tasks;
        this.state = state;
    }

    void start(List<Recurring> tasks) {
        for (var task : tasks) {
            var every = task.every().toMillis();
            executor.scheduleAtFixedRate(() -> run(task), every, every, TimeUnit.MILLISECONDS);
        }
        executor.scheduleWithFixedDelay(this::forget, FORGET_SECONDS, FORGET_SECONDS, TimeUnit.SECONDS);
    }

    void forget() {
        var now = state.clock().instant();
        try {
            state.nonces().forget(now);
        } catch (RuntimeException e) {
            LOG.warn("spent nonces stay", e);
        }
        try {
            state.revocations().forget(now);
        } catch (RuntimeException e) {
            LOG.warn("revocations of what has ended stay", e);
        }
    }

    void run(Recurring recurring) {
        var due = tasks.due(recurring.task());
        try {
            if (recurring.wanted().getAsBoolean()) {
                tasks.run(due, (grant, storage) -> recurring.work().on(due, grant, storage));
            }
        } catch (StorageFailure e) {
            LOG.atWarn()
                    .addKeyValue("request", due.id())
                    .addKeyValue("task", due.task())
                    .addKeyValue("code", e.code())
                    .log("task failed");
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("request", due.id())
                    .addKeyValue("task", due.task())
                    .setCause(e)
                    .log("task failed");
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
