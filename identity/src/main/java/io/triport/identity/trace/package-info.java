/**
 * Spans of requests for a collector, where one is named; nothing otherwise. Start reading at {@link
 * io.triport.identity.trace.Tracing}; apps whose requests go the shared way need no more than {@link
 * io.triport.identity.trace.TracedRequests}, which hears of them from their log.
 */
@NullMarked
package io.triport.identity.trace;

import org.jspecify.annotations.NullMarked;
