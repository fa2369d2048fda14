/** Tests of the write guard. */
@NullMarked
package io.triport.storage.guard;

import org.jspecify.annotations.NullMarked;
