/** Tests of published key sets. Start reading at {@code PublishedKeysTest}. */
@NullMarked
package io.triport.identity.jwks;

import org.jspecify.annotations.NullMarked;
