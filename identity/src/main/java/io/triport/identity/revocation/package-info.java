/**
 * What a mechanism does about credentials that were taken back before their end. Start reading at {@link
 * io.triport.identity.revocation.RevocationGuard}.
 */
@NullMarked
package io.triport.identity.revocation;

import org.jspecify.annotations.NullMarked;
