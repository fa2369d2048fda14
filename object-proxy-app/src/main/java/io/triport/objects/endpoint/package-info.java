/**
 * All that one endpoint answers: S3, and on paths that no bucket can have the Security Token Service and the keys that our own
 * tokens are checked with. Start reading at {@link io.triport.objects.endpoint.Endpoint}.
 */
@NullMarked
package io.triport.objects.endpoint;

import org.jspecify.annotations.NullMarked;
