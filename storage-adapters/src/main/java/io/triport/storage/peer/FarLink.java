package io.triport.storage.peer;

import io.triport.domain.durable.SocketClose;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.durable.SocketMessage;
import io.triport.domain.failure.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a client of this node to an object of another. */
record FarLink(OriginSide node, long exchange) implements SocketLink {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    @Override
    public void message(SocketMessage message) {
        node.heard(exchange, SocketForm.write(message));
    }

    @Override
    public void closed(SocketClose how) {
        try {
            node.left(exchange, how);
        } catch (StorageFailure e) {
            LOG.warn("end of a socket not told to its node code={}", e.code());
        }
    }
}
