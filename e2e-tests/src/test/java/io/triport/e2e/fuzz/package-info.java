/**
 * What strangers and operators may write, thrown at the code that reads it first. Each target holds for any bytes; the bytes
 * that were worth keeping are replayed in every build, and on demand a fuzzer looks for more. Start reading at {@code
 * FuzzTarget}.
 */
@NullMarked
package io.triport.e2e.fuzz;

import org.jspecify.annotations.NullMarked;
