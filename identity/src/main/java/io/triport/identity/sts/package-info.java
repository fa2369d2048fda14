/**
 * Short-lived credentials: who may take on which role, what the session opens, and the sealed token that carries it, so that no
 * record of it is kept. Start reading at {@link io.triport.identity.sts.StsService}; what a token is on use is in {@link
 * io.triport.identity.sts.SealedSessions}.
 */
@NullMarked
package io.triport.identity.sts;

import org.jspecify.annotations.NullMarked;
