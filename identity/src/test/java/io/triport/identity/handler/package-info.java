/** Tests of handlers of requests as values. Start reading at {@code FetchRoutesTest}. */
@NullMarked
package io.triport.identity.handler;

import org.jspecify.annotations.NullMarked;
