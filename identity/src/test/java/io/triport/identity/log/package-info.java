/** Tests of log lines. Start reading at {@code LineLayoutTest}. */
@NullMarked
package io.triport.identity.log;

import org.jspecify.annotations.NullMarked;
