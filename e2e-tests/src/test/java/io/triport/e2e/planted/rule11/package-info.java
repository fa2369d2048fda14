/**
 * Planted for rule 11: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule11;

import org.jspecify.annotations.NullMarked;
