/** The reference pages of the apps that only the configuration of a whole program shows. Start reading at {@code ReferencePagesTest}. */
@NullMarked
package io.triport.e2e.reference;

import org.jspecify.annotations.NullMarked;
