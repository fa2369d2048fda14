/** Measures the manager with many keys. Start reading at {@link io.triport.e2e.managerbench.ManagerBench}. */
@NullMarked
package io.triport.e2e.managerbench;

import org.jspecify.annotations.NullMarked;
