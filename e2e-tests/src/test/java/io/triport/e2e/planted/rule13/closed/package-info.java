/**
 * Allowed: a package as it should be.
 */
@NullMarked
package io.triport.e2e.planted.rule13.closed;

import org.jspecify.annotations.NullMarked;
