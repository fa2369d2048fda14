/** Tests of structured fields. */
@NullMarked
package io.triport.identity.field;

import org.jspecify.annotations.NullMarked;
