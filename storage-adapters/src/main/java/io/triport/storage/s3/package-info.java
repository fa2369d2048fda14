/**
 * Buckets behind S3 endpoints. Bodies pass through on requests that are built and signed here, calls without a body go
 * through Amazon's client; both share one pool of connections per endpoint, which {@code storage.endpoint} keeps. Start reading at {@link
 * io.triport.storage.s3.S3}.
 */
@NullMarked
package io.triport.storage.s3;

import org.jspecify.annotations.NullMarked;
