/** Tests of API keys. Start reading at {@code ApiKeyMechanismTest}. */
@NullMarked
package io.triport.identity.apikey;

import org.jspecify.annotations.NullMarked;
