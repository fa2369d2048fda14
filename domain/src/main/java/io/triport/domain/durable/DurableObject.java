package io.triport.domain.durable;

/**
 * The code of a class of objects, bound to its {@link ObjectClass} at wiring. Of each id there is one instance in the whole
 * cluster, which gets one event at a time; so it needs no locks, and may keep in its fields what it can read again. An instance
 * ends without notice, and always when an event of its own throws: its fields then may say what its state does not.
 */
public interface DurableObject {
    /** Comes alone before the first event of an instance; what it writes commits with that event. */
    default void start(ObjectContext context) {}

    /** What {@link DurableObjects#inTurn} and {@link DurableObjects#read} reach. Nothing that is written lasts when it throws. */
    ObjectAnswer handle(ObjectEvent event, ObjectContext context);

    /**
     * The object's alarm has gone off; what is written here commits with the end of the alarm. When it throws, it is called again
     * after 2 s, then twice as long each time, up to six times; then the alarm is given up. It may be called again for an alarm
     * that it has worked on, when its commit was not known to last.
     */
    default void alarm(Alarm alarm, ObjectContext context) {}

    /**
     * A client asks for a WebSocket. It gets one if this takes the socket by {@link ObjectSockets#accept}; it does not if this only
     * returns, or throws.
     */
    default void connect(ObjectEvent event, ObjectSocket socket, ObjectContext context) {}

    /** A client says something. */
    default void socketMessage(ObjectSocket socket, SocketMessage message, ObjectContext context) {}

    /**
     * A client has gone; its socket is not among {@link ObjectSockets#all} any more. Comes once for each socket that the object has
     * not closed itself, unless the object has lost its owner, or the store did not answer: it tells, and proves nothing.
     */
    default void socketClose(ObjectSocket socket, SocketClose how, ObjectContext context) {}
}
