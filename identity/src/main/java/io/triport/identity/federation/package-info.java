/**
 * Workloads of other systems, known by the tokens that those systems give them: a job of a build service, a pod of a cluster.
 * Start reading at {@link io.triport.identity.federation.Federation}; who is trusted with what is in {@link
 * io.triport.identity.federation.TrustedIssuer}.
 */
@NullMarked
package io.triport.identity.federation;

import org.jspecify.annotations.NullMarked;
