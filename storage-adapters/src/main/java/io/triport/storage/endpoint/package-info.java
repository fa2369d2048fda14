/**
 * HTTP/1.1 to endpoints over connections that are kept: a request goes out, a head and a body come back, both bodies under
 * back-pressure and without a copy on the way in. Knows nothing of what is asked. Start reading at {@link
 * io.triport.storage.endpoint.Connections}.
 */
@NullMarked
package io.triport.storage.endpoint;

import org.jspecify.annotations.NullMarked;
