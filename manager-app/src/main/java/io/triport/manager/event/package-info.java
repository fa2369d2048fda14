/**
 * What happened, told to whoever in this process wants to know it, after it was committed. Start reading at {@link
 * io.triport.manager.event.Events}.
 */
@NullMarked
package io.triport.manager.event;

import org.jspecify.annotations.NullMarked;
