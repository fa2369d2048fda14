package io.triport.e2e.planted.rule01.domain;

import java.time.Instant;

/** Allowed: knows the JDK. */
public record QuietValue(Instant at) {}
