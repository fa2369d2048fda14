/**
 * What a disk says when it does not do what it should. Start reading at {@link
 * io.triport.storage.disk.NoSpace}.
 */
@NullMarked
package io.triport.storage.disk;

import org.jspecify.annotations.NullMarked;
