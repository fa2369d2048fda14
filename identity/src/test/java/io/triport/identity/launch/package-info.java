/** Tests of start, reload and scheduled work. Start reading at {@code ConfigWatchTest}. */
@NullMarked
package io.triport.identity.launch;

import org.jspecify.annotations.NullMarked;
