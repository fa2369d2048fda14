/**
 * Queues on NATS JetStream. All changes of all queues are one stream, which every node follows; a change is added only behind the one
 * that its node has seen last. Start reading at {@link io.triport.storage.nats.OpenNats}, and then at {@link
 * io.triport.storage.nats.StreamRows}.
 */
@NullMarked
package io.triport.storage.nats;

import org.jspecify.annotations.NullMarked;
