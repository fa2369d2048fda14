/** The manager in a process of its own, as browsers see it. Start reading at {@link io.triport.e2e.manager.ConsoleTest}. */
@NullMarked
package io.triport.e2e.manager;

import org.jspecify.annotations.NullMarked;
