package io.triport.manager.event;

import io.triport.domain.table.Job;

/** Wants to know what happened. Called on the thread of whoever did it, so it must be quick; safe for many threads. */
public interface EventListener {
    void happened(Event event);

    /** A job has come to its end, well or not; of one that was cancelled nobody hears. */
    default void ended(Job job) {}
}
