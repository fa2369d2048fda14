/**
 * Planted for rule 8: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule08;

import org.jspecify.annotations.NullMarked;
