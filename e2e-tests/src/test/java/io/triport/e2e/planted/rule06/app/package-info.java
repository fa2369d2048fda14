/**
 * Planted for rule 6: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule06.app;

import org.jspecify.annotations.NullMarked;
