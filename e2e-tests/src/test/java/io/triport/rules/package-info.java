/**
 * The architecture rules as tests, published as this module's test artifact so that they can be run on other code too.
 */
@NullMarked
package io.triport.rules;

import org.jspecify.annotations.NullMarked;
