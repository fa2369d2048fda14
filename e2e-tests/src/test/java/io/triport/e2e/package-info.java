/**
 * The apps as processes, driven from outside.
 */
@NullMarked
package io.triport.e2e;

import org.jspecify.annotations.NullMarked;
