/**
 * How the gateway speaks to a collector of traces and metrics: OTLP over HTTP, in JSON. What is told is for the packages that have
 * something to tell. Start reading at {@link io.triport.gateway.otlp.Collector}.
 */
@NullMarked
package io.triport.gateway.otlp;

import org.jspecify.annotations.NullMarked;
