/**
 * Queues by Cloudflare's API, for clients that nobody changed: what queues there are, and what a producer and a consumer that pulls do
 * with them. Start reading at {@code QueueApi}.
 */
@NullMarked
package io.triport.manager.queue;

import org.jspecify.annotations.NullMarked;
