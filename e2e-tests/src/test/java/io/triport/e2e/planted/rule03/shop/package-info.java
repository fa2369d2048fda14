/**
 * Planted for rule 3: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule03.shop;

import org.jspecify.annotations.NullMarked;
