package io.triport.storage.durable;

import io.triport.domain.storage.NodeAddress;

/** Ends an event that has not begun: another node has its object, to which it can be handed on. */
final class OwnedElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient NodeAddress owner;

    OwnedElsewhere(NodeAddress owner) {
        super("object: with " + owner, null, false, false);
        this.owner = owner;
    }

    NodeAddress owner() {
        return owner;
    }
}
