/** Tests of the guards, byte by byte and with a clock that is set. Start reading at {@code FramingGuardTest}. */
@NullMarked
package io.triport.identity.connection;

import org.jspecify.annotations.NullMarked;
