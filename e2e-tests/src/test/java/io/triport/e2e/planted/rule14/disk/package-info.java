/**
 * Planted for rule 14: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule14.disk;

import org.jspecify.annotations.NullMarked;
