/**
 * The buckets of a deployment: which store each one is on, kept open as long as the process runs, and what part of it the bucket is.
 * Start reading at {@link io.triport.storage.bucket.Buckets}.
 */
@NullMarked
package io.triport.storage.bucket;

import org.jspecify.annotations.NullMarked;
