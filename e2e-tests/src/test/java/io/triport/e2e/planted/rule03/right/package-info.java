/**
 * Planted for rule 3: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule03.right;

import org.jspecify.annotations.NullMarked;
