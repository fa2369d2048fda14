/** Tests of assertions of a proxy. Start reading at {@code AccessMechanismTest}. */
@NullMarked
package io.triport.identity.access;

import org.jspecify.annotations.NullMarked;
