package io.triport.storage.durable;

import io.triport.domain.storage.NodeAddress;

/** What became of an event that was brought to a node. */
public sealed interface Handing<R> {
    /** The object has answered. What it threw is thrown. */
    record Given<R>(R answer) implements Handing<R> {}

    /** Nothing happened, since another node has the object. */
    record Elsewhere<R>(NodeAddress owner) implements Handing<R> {}

    /** Nothing happened, since the node was not reached, or ends. */
    record Missed<R>() implements Handing<R> {}
}
