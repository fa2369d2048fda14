/** Tests of the protocol as text. */
@NullMarked
package io.triport.objects.wire;

import org.jspecify.annotations.NullMarked;
