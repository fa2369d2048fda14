package io.triport.domain.durable;

import java.time.Instant;
import java.util.Optional;

/**
 * The one alarm of an object. Changes commit with what else the event writes, and are taken back with it. Kept to the millisecond.
 * For the event's thread alone, and only until the event ends.
 */
public interface ObjectAlarm {
    /** When it goes off; empty where none is set, and while the object works on it. */
    Optional<Instant> get();

    /** Replaces the one that is set. One in the past goes off at once. */
    void set(Instant when);

    void delete();
}
