/**
 * The way of an audit record from a request to its sink. A request asks {@link io.triport.gateway.audit.AuditQueue} for a place
 * before anything is done for it, and puts its record there before its answer ends; threads of the queue do the rest.
 */
@NullMarked
package io.triport.gateway.audit;

import org.jspecify.annotations.NullMarked;
