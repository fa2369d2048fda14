/** Tests of what is done about revoked credentials. Start reading at {@code RevocationGuardTest}. */
@NullMarked
package io.triport.identity.revocation;

import org.jspecify.annotations.NullMarked;
