/** Tests of trust in other systems. Start reading at {@code FederationTest}. */
@NullMarked
package io.triport.identity.federation;

import org.jspecify.annotations.NullMarked;
