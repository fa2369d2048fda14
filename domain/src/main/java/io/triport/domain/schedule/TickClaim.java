package io.triport.domain.schedule;

import java.time.Instant;

/**
 * What a node wants to run.
 *
 * @param newest the newest tick that it would run; {@link Instant#EPOCH} for none
 * @param now the present moment by the node's clock
 * @param until when others may take the run over, unless it is held for longer
 */
public record TickClaim(Instant newest, Instant now, Instant until) {}
