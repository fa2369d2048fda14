/** Tests of our own tokens. Start reading at {@code TokenSignerTest}. */
@NullMarked
package io.triport.identity.signer;

import org.jspecify.annotations.NullMarked;
