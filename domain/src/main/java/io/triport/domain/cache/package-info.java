/**
 * The port of response caches: HTTP responses that can be made again, kept for as long as they are fresh. Start reading at {@link
 * io.triport.domain.cache.ResponseCache}, what callers see, and {@link io.triport.domain.cache.StoredResponse}, which knows when it
 * may be given to whom; the rules are those of a shared cache (RFC 9111), with the differences that the storage contract's section 7
 * names. Caches know nothing of identity: {@link io.triport.domain.storage.Storage} puts them behind grants, and gives each
 * principal a part of its own.
 */
@NullMarked
package io.triport.domain.cache;

import org.jspecify.annotations.NullMarked;
