/**
 * Calls that their callers repeat under a name of theirs. Begin with {@link io.triport.manager.repeated.EveryRepeatTest}.
 */
@NullMarked
package io.triport.manager.repeated;

import org.jspecify.annotations.NullMarked;
