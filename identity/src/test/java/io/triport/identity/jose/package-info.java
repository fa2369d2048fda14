/** Tests of signed texts and keys. Start reading at {@code CompactJwsTest}. */
@NullMarked
package io.triport.identity.jose;

import org.jspecify.annotations.NullMarked;
