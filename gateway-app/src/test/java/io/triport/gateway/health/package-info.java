/** Tests of questions for health. */
@NullMarked
package io.triport.gateway.health;

import org.jspecify.annotations.NullMarked;
