/**
 * How apps speak to a collector of traces and metrics: OTLP over HTTP, in JSON. What is told is for the packages that have something to
 * tell. Start reading at {@link io.triport.identity.otlp.Collector}.
 */
@NullMarked
package io.triport.identity.otlp;

import org.jspecify.annotations.NullMarked;
