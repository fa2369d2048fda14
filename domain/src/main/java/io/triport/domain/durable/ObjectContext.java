package io.triport.domain.durable;

import java.util.function.Supplier;

/**
 * An object during one event. For the event's thread alone, and only until the event ends: later every method throws {@link
 * IllegalStateException}.
 */
public interface ObjectContext {
    /** The object's id, with its name where it has one. */
    ObjectId id();

    ObjectState state();

    /** The object's database, which is made with the first statement. */
    ObjectSql sql();

    /** In a {@link DurableObjects#read} every change is refused as UNSUPPORTED. */
    ObjectAlarm alarm();

    ObjectOutbox outbox();

    ObjectSockets sockets();

    /**
     * Commits what was written so far; it stays when the event fails later.
     *
     * @throws io.triport.domain.failure.StorageFailure.Unavailable FENCED, or OUTCOME_UNKNOWN; the instance has then ended
     */
    void sync();

    /**
     * Opens the object to other events during one outgoing call, and goes on when it is alone again. What was written before is
     * committed first; the state may be another afterwards.
     */
    <R> R yieldDuring(Supplier<R> call);

    /**
     * A turn of another object of this class. What was written before is committed first.
     *
     * @throws io.triport.domain.failure.StorageFailure.Rejected CONFLICT at once when the call comes back to an object that
     *     waits for it
     * @throws io.triport.domain.request.InvalidInput for an id of another class
     */
    ObjectAnswer call(ObjectId other, ObjectEvent event);
}
