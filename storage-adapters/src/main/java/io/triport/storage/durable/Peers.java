package io.triport.storage.durable;

import io.triport.domain.durable.ClientSocket;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.SocketLink;
import io.triport.domain.storage.NodeAddress;
import java.util.Optional;

/** The other nodes that share the state of objects, to whom is handed on what is for theirs. Safe for many threads. */
public interface Peers {
    /** Whether it is another node, and one to whom this one speaks. */
    boolean reach(NodeAddress owner);

    /** Makes sure that there is a connection to another node, or begins one. Does not wait for it. */
    void approach(NodeAddress node);

    /** Whether there is a connection to another node, so that nobody would wait for one. */
    boolean near(NodeAddress node);

    /**
     * Waits for the answer.
     *
     * @throws io.triport.domain.failure.StorageFailure what the object's node has thrown; OUTCOME_UNKNOWN where it does not answer any more
     */
    Handing<ObjectAnswer> ask(NodeAddress owner, HandedEvent event);

    /** As {@link io.triport.domain.durable.DurableObjects#connect}. When the other node is lost, the client is told to connect again. */
    Handing<Optional<SocketLink>> connect(NodeAddress owner, HandedEvent event, ClientSocket client);

    /** Of a node that speaks to no other. */
    static Peers none() {
        return new NoPeers();
    }
}
