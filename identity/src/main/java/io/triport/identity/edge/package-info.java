/**
 * What happens to every HTTP request before app code: the bytes are checked, the connection is bounded and timed, the
 * request is admitted or shed. It is the security boundary of all apps and exists once. Start reading at {@link
 * io.triport.identity.edge.EdgePipeline}.
 */
@NullMarked
package io.triport.identity.edge;

import org.jspecify.annotations.NullMarked;
