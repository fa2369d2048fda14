/**
 * Planted for rule 9: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule09.app;

import org.jspecify.annotations.NullMarked;
