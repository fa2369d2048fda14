/**
 * The operations of S3 on the store: who asks is admitted first, then the operation is done, and what comes of it is put into words.
 * Start reading at {@link io.triport.objects.serve.S3App}.
 */
@NullMarked
package io.triport.objects.serve;

import org.jspecify.annotations.NullMarked;
