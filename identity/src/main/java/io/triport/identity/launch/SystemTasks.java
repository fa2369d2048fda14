package io.triport.identity.launch;

import io.triport.domain.identity.Grant;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.Storage;
import io.triport.identity.IdentityState;
import java.util.function.BiConsumer;

/** Lets work of the system through the gate, like any request. Safe for many threads. */
public final class SystemTasks {
    private final Events events;
    private final Storage storage;
    private final IdentityState state;

    SystemTasks(Events events, Storage storage, IdentityState state) {
        this.events = events;
        this.storage = storage;
        this.state = state;
    }

    /** Does the work on the caller's thread, under a grant that ends with it. Does nothing for a task that the app has not named. */
    public void run(SystemTask task, BiConsumer<Grant, Storage> work) {
        run(due(task), work);
    }

    void begin(OnStart beginning) {
        var due = due(beginning.task());
        run(due, (grant, all) -> beginning.work().on(due, grant, all));
    }

    Scheduled due(SystemTask task) {
        var now = state.clock().instant();
        return new Scheduled(RequestId.fresh(state.randomness()), now, task.taskName(), now, 1);
    }

    void run(Scheduled due, BiConsumer<Grant, Storage> work) {
        events.pass(due, grant -> work.accept(grant, storage));
    }
}
