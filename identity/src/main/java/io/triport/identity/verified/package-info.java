/**
 * The memory of verifications that may be used again for a short while. Start reading at {@link
 * io.triport.identity.verified.VerifiedCache}; a mechanism that can be remembered is a {@link
 * io.triport.identity.verified.RepeatableMechanism}.
 */
@NullMarked
package io.triport.identity.verified;

import org.jspecify.annotations.NullMarked;
