package io.triport.rules;

/** A part of a program that a rule speaks of. Packages are given to places in a {@link Layout}. */
public enum Place {
    /** Pure code: ports, values, the gate. */
    DOMAIN,
    /** Mechanisms, and what holds credentials. */
    IDENTITY,
    /** Makes requests of the domain out of HTTP. */
    EDGE,
    /** Makes events out of the clock. */
    SCHEDULE,
    /** Makes events out of the messages of queues. */
    DELIVERY,
    /** Adapters of storage ports. */
    STORAGE,
    /** Programs; each package is one, and none knows another. */
    APP,
    /** May open files, beside storage and classes with a {@code main}. */
    FILES,
    /** May speak HTTP, beside apps and the edge. */
    HTTP,
    /** May use Reactor and Reactive Streams, beside the edge. */
    STREAMS,
    /** Compares secrets, beside packages named hmac, apikey, sigv4 and session. */
    SECRETS,
    /** May ask the system for time and chance. */
    TIME
}
