/**
 * The architecture as fourteen rules over compiled classes, for this repository and for programs built on it. Start reading
 * at {@link io.triport.rules.ArchitectureContract}: extend it, say in a {@link io.triport.rules.Layout} where the parts of
 * the program lie, and the rules run as tests.
 */
@NullMarked
package io.triport.rules;

import org.jspecify.annotations.NullMarked;
