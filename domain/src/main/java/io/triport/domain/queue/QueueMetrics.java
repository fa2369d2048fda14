package io.triport.domain.queue;

import io.triport.domain.request.ByteSize;
import java.time.Instant;

/**
 * How much waits in a queue.
 *
 * @param count messages that were not acknowledged yet, those that are leased or delayed included
 * @param bytes of their bodies
 * @param oldest when the one was sent that waits longest; the moment of asking where none waits
 * @param dropped how many were delivered too often and are gone, ever
 */
public record QueueMetrics(long count, ByteSize bytes, Instant oldest, long dropped) {}
