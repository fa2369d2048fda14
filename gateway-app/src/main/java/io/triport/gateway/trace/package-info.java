/**
 * Spans of requests for a collector, where one is named; nothing otherwise. Start reading at {@link
 * io.triport.gateway.trace.Tracing}.
 */
@NullMarked
package io.triport.gateway.trace;

import org.jspecify.annotations.NullMarked;
