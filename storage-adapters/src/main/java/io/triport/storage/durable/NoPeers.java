package io.triport.storage.durable;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.storage.NodeAddress;
import java.util.Optional;

/** Nobody to hand on to. */
record NoPeers() implements Peers {
    @Override
    public boolean reach(NodeAddress owner) {
        return false;
    }

    @Override
    public void approach(NodeAddress node) {
        // Nobody is spoken to.
    }

    @Override
    public boolean near(NodeAddress node) {
        return false;
    }

    @Override
    public Handing<ObjectAnswer> ask(NodeAddress owner, HandedEvent event) {
        return new Handing.Missed<>();
    }

    @Override
    public Handing<Optional<SocketLink>> connect(NodeAddress owner, HandedEvent event, ClientSocket client) {
        return new Handing.Missed<>();
    }
}
