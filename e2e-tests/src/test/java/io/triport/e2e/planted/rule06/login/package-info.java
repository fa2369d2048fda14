/**
 * Planted for rule 6: see {@code PlantedViolationsTest}.
 */
@NullMarked
package io.triport.e2e.planted.rule06.login;

import org.jspecify.annotations.NullMarked;
