/**
 * How nodes hand events on to the node that has a durable object: one connection between two nodes, in TLS by which both prove
 * themselves, over which frames of many events pass. Start reading at {@link io.triport.storage.peer.PeerNodes}.
 */
@NullMarked
package io.triport.storage.peer;

import org.jspecify.annotations.NullMarked;
