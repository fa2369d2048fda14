/**
 * Bytes that a thread reads piece by piece, and the bodies that are made of them. Start reading at
 * {@link io.triport.storage.piece.PiecedContent}.
 */
@NullMarked
package io.triport.storage.piece;

import org.jspecify.annotations.NullMarked;
