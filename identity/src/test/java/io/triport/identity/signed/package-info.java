/** Tests of signed requests. Start reading at {@code SignedRequestMechanismTest}. */
@NullMarked
package io.triport.identity.signed;

import org.jspecify.annotations.NullMarked;
