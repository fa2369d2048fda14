package io.triport.storage.durable;

import io.triport.domain.storage.NodeAddress;
import java.util.Set;

/**
 * The nodes that may have objects and are reached by others.
 *
 * @param self as the others know this node
 */
public record Neighbours(NodeAddress self, Set<NodeAddress> others) {
    public Neighbours {
        others = Set.copyOf(others);
    }
}
