package io.triport.manager.event;

/** Wants to know what happened. Called on the thread of whoever did it, so it must be quick; safe for many threads. */
public interface EventListener {
    void happened(Event event);
}
