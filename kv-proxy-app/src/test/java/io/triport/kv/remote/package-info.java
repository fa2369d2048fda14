/** Tests of the ports beside KV. Start reading at {@code IndexPlanTest}. */
@NullMarked
package io.triport.kv.remote;

import org.jspecify.annotations.NullMarked;
