/**
 * All that one endpoint answers: S3, and on paths that no bucket can have the Security Token Service. Start reading at {@link
 * io.triport.objects.endpoint.Endpoint}.
 */
@NullMarked
package io.triport.objects.endpoint;

import org.jspecify.annotations.NullMarked;
