/**
 * All data in the memory of the process, for tests and for what may be lost. Start reading at {@link
 * io.triport.storage.memory.Memory}. One lock lets many read or one write; a unit of writes holds it and keeps a journal by
 * which it can be undone.
 */
@NullMarked
package io.triport.storage.memory;

import org.jspecify.annotations.NullMarked;
