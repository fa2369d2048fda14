/**
 * Planted for rule 12: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule12.hmac;

import org.jspecify.annotations.NullMarked;
