package io.triport.storage.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import io.triport.domain.storage.NodeAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of some nodes is to have an object that nobody has: the same for all who ask, evenly over many objects, and another for those
 * alone whose node goes (rendezvous hashing, highest random weight).
 */
final class Rendezvous {
    private Rendezvous() {}

    static Optional<NodeAddress> of(Address address, Stream<NodeAddress> nodes) {
        return nodes.max(Comparator.comparing(node -> weight(address, node)));
    }

    private static Bytes weight(Address address, NodeAddress node) {
        return Sha256.ofParts(Bytes.utf8(address.type().text()), address.id().bytes(), Bytes.utf8(node.toString()));
    }
}
