/**
 * Planted for rule 1: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule01.domain;

import org.jspecify.annotations.NullMarked;
