package io.triport.storage.durable;

import java.util.Set;

/** Who asks for an event. */
interface Caller {
    /** Somebody from outside. */
    Caller OUTSIDE = Set::of;

    /** Objects that wait for the end of this event, on whichever node, and let nobody in until then. */
    Set<Address> waiting();
}
