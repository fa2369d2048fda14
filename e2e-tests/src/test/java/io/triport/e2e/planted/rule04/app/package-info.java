/**
 * Planted for rule 4: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule04.app;

import org.jspecify.annotations.NullMarked;
