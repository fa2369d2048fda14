/** Tests of session cookies. Start reading at {@code SessionMechanismTest}. */
@NullMarked
package io.triport.identity.session;

import org.jspecify.annotations.NullMarked;
