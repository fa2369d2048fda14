/**
 * Planted for rule 7: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule07.app;

import org.jspecify.annotations.NullMarked;
