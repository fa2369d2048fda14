/** Tests of spans. */
@NullMarked
package io.triport.identity.trace;

import org.jspecify.annotations.NullMarked;
