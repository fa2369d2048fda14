/**
 * Whom a route admits beyond a valid credential: conditions on the principal and on the client's address, combined by all and
 * any. Start reading at {@link io.triport.identity.policy.Policy}; {@link io.triport.identity.policy.PolicyReader} makes
 * them from a file. Nothing here can be empty, because nobody means what an empty list would say.
 */
@NullMarked
package io.triport.identity.policy;

import org.jspecify.annotations.NullMarked;
