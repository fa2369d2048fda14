/** The mechanism {@code public}: a route without credentials has to name it. */
@NullMarked
package io.triport.identity.everybody;

import org.jspecify.annotations.NullMarked;
