package io.triport.identity.launch;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.storage.Storage;
import io.triport.identity.IdentityState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Lets work of the system through the gate, like any request. Safe for many threads. */
public final class SystemTasks {
    /** A task shows no credential and has no body: the gate knows what it may do from its enum. */
    private static final RoutePolicy POLICY =
            new RoutePolicy(List.of(MechanismName.SYSTEM), Combine.AGREE, Set.of(), ByteSize.ZERO, Duration.ZERO);

    private final AccessGate gate;
    private final Storage storage;
    private final IdentityState state;

    SystemTasks(AccessGate gate, Storage storage, IdentityState state) {
        this.gate = gate;
        this.storage = storage;
        this.state = state;
    }

    /** Does the work on the caller's thread, under a grant that ends with it. Does nothing for a task that the app has not named. */
    public void run(SystemTask task, BiConsumer<Grant, Storage> work) {
        run(due(task), work);
    }

    Scheduled due(SystemTask task) {
        var now = state.clock().instant();
        return new Scheduled(RequestId.fresh(state.randomness()), now, task.taskName(), now, 1);
    }

    void run(Scheduled due, BiConsumer<Grant, Storage> work) {
        if (gate.admit(due, POLICY) instanceof Decision.Admitted admitted) {
            try (var grant = admitted.grant()) {
                work.accept(grant, storage);
            }
        }
    }
}
