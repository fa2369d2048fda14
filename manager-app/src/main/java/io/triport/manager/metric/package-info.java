/**
 * What the manager counts of its own calls of keys, and what it says of its state. Start reading at {@link
 * io.triport.manager.metric.Counts}.
 */
@NullMarked
package io.triport.manager.metric;

import org.jspecify.annotations.NullMarked;
