/** Tests of keys made from secrets. Start reading at {@code MasterSecretTest}. */
@NullMarked
package io.triport.identity.keyring;

import org.jspecify.annotations.NullMarked;
