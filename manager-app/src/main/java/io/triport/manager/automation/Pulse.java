package io.triport.manager.automation;

import io.triport.domain.identity.Grant;
import io.triport.domain.schedule.Cron;
import io.triport.domain.storage.Storage;
import io.triport.identity.launch.OnCron;
import io.triport.identity.launch.Recurring;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A task whose time is set when the configuration is read, and whose work is known when the app is wired. Safe for many threads:
 * the work is set once.
 */
public final class Pulse {
    private final AutomationTask task;
    private final Duration every;
    private volatile @Nullable BiConsumer<Grant, Storage> work;

    Pulse(AutomationTask task, Duration every) {
        this.task = task;
        this.every = every;
    }

    /** What is done when it falls due. */
    public void does(BiConsumer<Grant, Storage> wired) {
        work = wired;
    }

    Recurring recurring() {
        return new Recurring(task, every, (tick, grant, storage) -> run(grant, storage), () -> work != null);
    }

    OnCron onCron(Cron cron) {
        return new OnCron(task, cron, (tick, grant, storage) -> run(grant, storage));
    }

    private void run(Grant grant, Storage storage) {
        var wired = work;
        if (wired != null) {
            wired.accept(grant, storage);
        }
    }
}
