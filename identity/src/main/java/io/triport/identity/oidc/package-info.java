/**
 * Login of people at an OpenID provider, which ends in a session of ours, and logout from either side. Handlers from a request
 * to an answer, for an app to put under paths of its choice. Start reading at {@link io.triport.identity.oidc.OidcLogin}.
 */
@NullMarked
package io.triport.identity.oidc;

import org.jspecify.annotations.NullMarked;
