/**
 * The lines of the three layers and their metrics, alike for all apps. Start reading at {@link
 * io.triport.identity.log.RequestLog}; how a line looks is in {@link io.triport.identity.log.Logging}.
 */
@NullMarked
package io.triport.identity.log;

import org.jspecify.annotations.NullMarked;
