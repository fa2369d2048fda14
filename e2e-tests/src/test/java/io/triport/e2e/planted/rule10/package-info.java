/**
 * Planted for rule 10: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule10;

import org.jspecify.annotations.NullMarked;
