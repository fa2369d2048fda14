/**
 * Small documents of settings as values: each kind of them lies on a shelf of its own. Start reading at {@link
 * io.triport.manager.document.Shelf}.
 */
@NullMarked
package io.triport.manager.document;

import org.jspecify.annotations.NullMarked;
