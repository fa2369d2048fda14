package io.triport.gateway.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What is shown of a target. @param breaker 0 closed, 1 half-open, 2 open */
public record TargetState(String upstream, String target, IntSupplier breaker, BooleanSupplier healthy) {}
