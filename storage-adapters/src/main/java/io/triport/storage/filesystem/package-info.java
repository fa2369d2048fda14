/**
 * Objects in a directory: bytes in files that are never changed, and an index beside them that says which files are objects. Start
 * reading at {@link io.triport.storage.filesystem.ObjectDirectory}.
 */
@NullMarked
package io.triport.storage.filesystem;

import org.jspecify.annotations.NullMarked;
