/**
 * Namespaces of some titles, or all queues, on an engine of their own, and all else on the first. Start reading at {@link
 * io.triport.storage.apart.Apart}: what must not vanish cannot get there, because only namespaces that were named do.
 */
@NullMarked
package io.triport.storage.apart;

import org.jspecify.annotations.NullMarked;
