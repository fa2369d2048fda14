/**
 * What buckets are, as requests ask for it, and how requests change them. Start reading at {@link io.triport.objects.bucket.Bucket}.
 */
@NullMarked
package io.triport.objects.bucket;

import org.jspecify.annotations.NullMarked;
