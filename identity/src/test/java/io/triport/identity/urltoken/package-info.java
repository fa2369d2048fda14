/** Tests of tokens in links. Start reading at {@code UrlTokenMechanismTest}. */
@NullMarked
package io.triport.identity.urltoken;

import org.jspecify.annotations.NullMarked;
