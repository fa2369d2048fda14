package io.triport.storage.durable;

import io.triport.domain.durable.ObjectEvent;
import java.util.Set;

/**
 * An event as one node hands it on to another.
 *
 * @param waiting objects that wait for its end, and so cannot be asked on the way
 */
public record HandedEvent(Address address, ObjectEvent event, Access access, Set<Address> waiting) implements Caller {
    public HandedEvent {
        waiting = Set.copyOf(waiting);
    }
}
