/** Buckets and their objects by Cloudflare's API, for clients that nobody changed. Start reading at {@code BucketApi}. */
@NullMarked
package io.triport.manager.cloudflare.r2;

import org.jspecify.annotations.NullMarked;
