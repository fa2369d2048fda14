/**
 * Tokens of an issuer (JWT, RFC 7519) as a mechanism, and the judge of tokens that other mechanisms use as well. Start reading
 * at {@link io.triport.identity.jwt.TokenVerifier}, which follows the order of checks; {@link
 * io.triport.identity.jwt.JwtMechanism} finds the token in a request and makes a principal of its claims.
 */
@NullMarked
package io.triport.identity.jwt;

import org.jspecify.annotations.NullMarked;
