package io.triport.domain.queue;

import io.triport.domain.request.Delivery;

/** A message as it lies in its queue. @param ref by which it can be discarded */
public record Peeked(MessageRef ref, Delivery delivery) {}
