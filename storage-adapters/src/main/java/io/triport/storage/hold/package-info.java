/** That a file which one process may hold alone is not opened twice within that process. */
@NullMarked
package io.triport.storage.hold;

import org.jspecify.annotations.NullMarked;
