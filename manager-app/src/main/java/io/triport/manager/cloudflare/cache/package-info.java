/** Purging responses from caches, by Cloudflare's API. */
@NullMarked
package io.triport.manager.cloudflare.cache;

import org.jspecify.annotations.NullMarked;
