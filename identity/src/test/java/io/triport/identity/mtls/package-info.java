/** Tests of client certificates. Start reading at {@code MtlsMechanismTest}. */
@NullMarked
package io.triport.identity.mtls;

import org.jspecify.annotations.NullMarked;
