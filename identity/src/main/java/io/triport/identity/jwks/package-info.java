/**
 * Key sets that an issuer publishes (RFC 7517), fetched, refreshed and kept. Start reading at {@link
 * io.triport.identity.jwks.PublishedKeys}: it decides when to fetch, and keeps strangers from deciding it; {@link
 * io.triport.identity.jwks.JwksClient} fetches.
 */
@NullMarked
package io.triport.identity.jwks;

import org.jspecify.annotations.NullMarked;
