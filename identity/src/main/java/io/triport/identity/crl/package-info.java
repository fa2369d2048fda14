/**
 * Lists of certificates that their authorities took back (RFC 5280 section 5): what they say, and how those that are published
 * under a URL are followed. Start reading at {@link io.triport.identity.crl.RevocationLists}.
 */
@NullMarked
package io.triport.identity.crl;

import org.jspecify.annotations.NullMarked;
