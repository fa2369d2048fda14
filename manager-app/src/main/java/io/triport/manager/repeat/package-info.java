/**
 * What makes a call that its caller has named one that is done once, however often it comes. Start reading at
 * {@link io.triport.manager.repeat.Effect}.
 */
@NullMarked
package io.triport.manager.repeat;

import org.jspecify.annotations.NullMarked;
