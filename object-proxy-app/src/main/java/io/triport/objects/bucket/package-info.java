/**
 * What is configured of buckets, as requests ask for it. Start reading at {@link io.triport.objects.bucket.Bucket}.
 */
@NullMarked
package io.triport.objects.bucket;

import org.jspecify.annotations.NullMarked;
