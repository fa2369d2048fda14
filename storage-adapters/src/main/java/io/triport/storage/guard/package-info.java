/**
 * A bound on how often a key is written, for bindings with a write guard. Start reading at {@link io.triport.storage.guard.Guard}: it
 * puts itself in front of an engine and refuses a write that comes too soon after the one before. It knows what this node wrote.
 */
@NullMarked
package io.triport.storage.guard;

import org.jspecify.annotations.NullMarked;
