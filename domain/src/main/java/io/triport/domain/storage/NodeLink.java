package io.triport.domain.storage;

import java.util.function.Supplier;

/**
 * How nodes that share an engine reach each other, so that what is for a durable object comes to the node that has it (storage
 * contract, section 6.5).
 *
 * @param listen where this node takes what others hand on
 * @param announced where the others reach it; its certificate must be for that host
 * @param proof of this node, asked for each connection
 */
public record NodeLink(NodeAddress listen, NodeAddress announced, Supplier<NodeProof> proof) {}
