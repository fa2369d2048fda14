/** Vector indexes by Cloudflare's API, for clients that nobody changed. Start reading at {@code IndexApi}. */
@NullMarked
package io.triport.manager.cloudflare.vectorize;

import org.jspecify.annotations.NullMarked;
