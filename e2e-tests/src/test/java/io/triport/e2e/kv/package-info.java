/** The KV proxy as a process, driven by a wire client of our own. Start reading at {@code ReplayTest}. */
@NullMarked
package io.triport.e2e.kv;

import org.jspecify.annotations.NullMarked;
