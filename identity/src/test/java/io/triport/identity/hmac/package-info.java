/** Tests of signed requests. Start reading at {@code HmacMechanismTest}. */
@NullMarked
package io.triport.identity.hmac;

import org.jspecify.annotations.NullMarked;
