/** The console of the manager in a browser. Start reading at {@link io.triport.console.ConsoleTest}. */
@NullMarked
package io.triport.console;

import org.jspecify.annotations.NullMarked;
