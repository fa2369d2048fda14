/**
 * Where a listing goes on, as text that only the store that gave it can read. Start reading at {@link
 * io.triport.domain.cursor.CursorSeal}.
 */
@NullMarked
package io.triport.domain.cursor;

import org.jspecify.annotations.NullMarked;
