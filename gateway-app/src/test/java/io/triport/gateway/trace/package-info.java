/** Tests of spans. */
@NullMarked
package io.triport.gateway.trace;

import org.jspecify.annotations.NullMarked;
