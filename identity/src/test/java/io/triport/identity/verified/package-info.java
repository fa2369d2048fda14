/** Tests of the memory of verifications. Start reading at {@code VerifiedCacheTest}. */
@NullMarked
package io.triport.identity.verified;

import org.jspecify.annotations.NullMarked;
