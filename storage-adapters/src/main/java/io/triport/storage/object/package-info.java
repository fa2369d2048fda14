/**
 * What stores of objects that lie with us have in common: versions, conditions, listings and uploads in parts, over an index of rows
 * and a place for bytes that a technology gives. Start reading at {@link io.triport.storage.object.EmbeddedObjects}.
 */
@NullMarked
package io.triport.storage.object;

import org.jspecify.annotations.NullMarked;
