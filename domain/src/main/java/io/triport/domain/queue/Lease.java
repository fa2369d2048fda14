package io.triport.domain.queue;

import io.triport.domain.request.Delivery;
import java.time.Instant;

/** A message that is this consumer's for a while. @param until when others may get it, unless it is settled before */
public record Lease(LeaseId id, Delivery delivery, Instant until) {}
