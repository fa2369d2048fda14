/** Tests of tokens. Start reading at {@code TokenVerifierTest}. */
@NullMarked
package io.triport.identity.jwt;

import org.jspecify.annotations.NullMarked;
