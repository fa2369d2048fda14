/**
 * Planted for rule 5: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule05.disk;

import org.jspecify.annotations.NullMarked;
