/** Tests of logins. Start reading at {@code OidcLoginTest}. */
@NullMarked
package io.triport.identity.oidc;

import org.jspecify.annotations.NullMarked;
