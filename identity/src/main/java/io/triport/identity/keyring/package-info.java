/**
 * Secrets of our own and the keys made from them: one key for each purpose, so that what was signed or sealed for one is
 * nothing to another. Start reading at {@link io.triport.identity.keyring.Keyring}.
 */
@NullMarked
package io.triport.identity.keyring;

import org.jspecify.annotations.NullMarked;
