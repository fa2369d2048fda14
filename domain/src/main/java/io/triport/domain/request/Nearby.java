package io.triport.domain.request;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Where the bytes of the client are carried whose request a thread works on. Whoever opens a connection on behalf of that request may
 * have it carried there too, which spares a change of threads for each piece of a body. A hint for speed and never a truth:
 * without it all works as well.
 */
public final class Nearby {
    private static final ScopedValue<Executor> CARRIER = ScopedValue.newInstance();

    private Nearby() {}

    /** Does the work of a request of a client whose connection this executor carries. */
    public static void run(Executor carrier, Runnable work) {
        ScopedValue.where(CARRIER, carrier).run(work);
    }

    /** Empty on a thread that works for no client. */
    public static Optional<Executor> executor() {
        return CARRIER.isBound() ? Optional.of(CARRIER.get()) : Optional.empty();
    }
}
