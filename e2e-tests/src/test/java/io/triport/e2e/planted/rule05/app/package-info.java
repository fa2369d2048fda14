/**
 * Planted for rule 5: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule05.app;

import org.jspecify.annotations.NullMarked;
