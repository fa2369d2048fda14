package io.triport.storage.endpoint;

/** A request on its way. */
public interface Sent {
    /** Gives it up with its connection, unless its answer is there. From any thread. */
    void cancel();
}
